using System.Security.Cryptography;
using System.Text;

namespace Dwapi.Gotapi.Authentication;

/// <summary>
/// The server's proof towards an application: HMAC-SHA256 over the nonce with the application's key, 64 lower-case hex digits. It
/// covers the nonce only, not the answer: integrity needs TLS.
/// </summary>
public static class ServerHmac
{
    /// <summary>Longest key and longest nonce, in characters.</summary>
    public const int MaxTextLength = 256;

    /// <summary>The HMAC of a nonce.</summary>
    /// <param name="form">Which bytes are hashed.</param>
    /// <param name="key">The key as it was handed over.</param>
    /// <param name="nonce">The nonce of the request; an empty one is hashed too, because a known client always sends that.</param>
    /// <param name="hmac">64 lower-case hex digits.</param>
    /// <returns>
    /// False if key or nonce is not text of the form: empty key, longer than <see cref="MaxTextLength"/>, or not hex where hex is decoded.
    /// </returns>
    public static bool TryCompute(HmacForm form, ReadOnlySpan<char> key, ReadOnlySpan<char> nonce, out string hmac)
    {
        hmac = "";
        Span<byte> keyBytes = stackalloc byte[MaxTextLength];
        Span<byte> nonceBytes = stackalloc byte[MaxTextLength];
        if (key.IsEmpty || !TryBytes(form, key, keyBytes, out var keyLength) || !TryBytes(form, nonce, nonceBytes, out var nonceLength))
            return false;

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(keyBytes[..keyLength], nonceBytes[..nonceLength], hash);
        CryptographicOperations.ZeroMemory(keyBytes);
        hmac = Convert.ToHexStringLower(hash);
        return true;
    }

    /// <summary>True if a key can be used in this form.</summary>
    public static bool IsKey(HmacForm form, ReadOnlySpan<char> key) => TryCompute(form, key, default, out _);

    /// <summary>Compares two HMACs, tokens or keys in a time that does not depend on where they differ.</summary>
    public static bool FixedTimeEquals(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        CryptographicOperations.FixedTimeEquals(
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(left), System.Runtime.InteropServices.MemoryMarshal.AsBytes(right));

    private static bool TryBytes(HmacForm form, ReadOnlySpan<char> text, Span<byte> bytes, out int length)
    {
        length = 0;
        if (text.Length > MaxTextLength)
            return false;
        if (form == HmacForm.Ascii)
            return Ascii.FromUtf16(text, bytes, out length) == System.Buffers.OperationStatus.Done;

        return Convert.FromHexString(text, bytes, out _, out length) == System.Buffers.OperationStatus.Done;
    }
}
