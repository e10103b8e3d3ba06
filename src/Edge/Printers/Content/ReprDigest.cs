using System.Net.Http.Headers;

namespace Dwapi.Edge.Printers.Content;

/// <summary>Repr-Digest (RFC 9530): the digest of the whole, also on a part of it.</summary>
internal static class ReprDigest
{
    private const string Name = "Repr-Digest";
    private const string Prefix = "sha-256=:";

    /// <summary>SHA-256 as lower-case hex; null if there is none or it is malformed.</summary>
    public static string? Sha256(HttpResponseHeaders headers, HttpContentHeaders content)
    {
        IEnumerable<string> values = headers.TryGetValues(Name, out var some) ? some : content.TryGetValues(Name, out some) ? some : [];
        Span<byte> digest = stackalloc byte[32];
        foreach (var item in values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (!item.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || !item.EndsWith(':'))
                continue;
            if (Convert.TryFromBase64String(item[Prefix.Length..^1], digest, out var length) && length == digest.Length)
                return Convert.ToHexStringLower(digest);
        }

        return null;
    }
}
