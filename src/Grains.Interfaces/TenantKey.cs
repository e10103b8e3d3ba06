using System.Buffers;

namespace Dwapi.Grains;

/// <summary>
/// The key of every grain but <see cref="Tenants.ITenantGrain"/>: <c>tenant/id</c>. The tenant never contains a slash; the id may
/// (an origin such as <c>https://clinic.example</c> does).
/// </summary>
public static class TenantKey
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>The tenant of a server that has only one.</summary>
    public const string DefaultTenant = "default";

    private const int LongestName = 63;

    /// <summary>Whether a text can name a tenant: 1 to 63 of a-z, 0-9 and -, so that it fits into a key, a path and a host name.</summary>
    public static bool IsName(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= LongestName && !text.ContainsAnyExcept(NameCharacters);

    /// <summary>Joins a tenant and an id to a grain key.</summary>
    public static string Of(string tenant, string id) => string.Concat(tenant, "/", id);

    /// <summary>Splits a grain key into its tenant and its id.</summary>
    /// <exception cref="FormatException">The key has no slash.</exception>
    public static (string Tenant, string Id) Split(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 ? (key[..slash], key[(slash + 1)..]) : throw new FormatException("A grain key has the form tenant/id.");
    }
}
