using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dwapi.Grains.Applications;

/// <summary>Makes ids and tokens from the system's cryptographic random source (gotapi-1.1 section 10, SHALL 9).</summary>
internal static class AccessToken
{
    /// <summary>A new token, <c>clientId.secret</c> with 256 random bits, and the SHA-256 of its UTF-8 text, which alone is kept.</summary>
    public static (string Text, byte[] Hash) New(string clientId)
    {
        var text = $"{clientId}.{NewSecret()}";
        return (text, SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>256 random bits as base64url; it has no dot, so a dot can end what stands before it.</summary>
    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>An opaque id: 128 random bits as hexadecimal digits.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
