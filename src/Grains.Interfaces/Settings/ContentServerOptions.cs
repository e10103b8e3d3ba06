using System.ComponentModel.DataAnnotations;

namespace Dwapi.Grains.Settings;

/// <summary>A content server, under <c>Printing:ContentServers:N</c>. Only from those listed here anything is downloaded.</summary>
public sealed class ContentServerOptions
{
    /// <summary>Its id: letters, digits, dot, underscore and hyphen.</summary>
    [Required]
    [RegularExpression("^[A-Za-z0-9._-]{1,64}$")]
    public string Id { get; set; } = "";

    /// <summary>Name for people.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its address, https; plain http on loopback only.</summary>
    [Required]
    [Url]
    public string Url { get; set; } = "";

    /// <summary><c>open</c> (no token), or <c>oauth</c> (OAuth 2.0 with token exchange, RFC 8693).</summary>
    [RegularExpression("^(open|oauth)$", ErrorMessage = "Kind is 'open' or 'oauth'.")]
    public string Kind { get; set; } = "open";

    /// <summary>The only tenant that has it; empty: all of them.</summary>
    public string Tenant { get; set; } = "";

    /// <summary>Kind oauth: where tokens are made; empty: <c>oauth/token</c> below <see cref="Url"/>. Revocation is its neighbour <c>revoke</c>.</summary>
    public string TokenUrl { get; set; } = "";

    /// <summary>Kind oauth: our id there.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Kind oauth: our secret there.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>Media types that it has.</summary>
    public IList<string> FileTypes { get; } = [];

    /// <summary>Whether a content of that address is this server's.</summary>
    public bool Has(Uri content)
    {
        var own = new Uri(Url);

        // file://www.3dexcont.com/ex.stl, as the text's example has it, names a content of that host.
        return content.IsFile
            ? content.Host.Equals(own.Host, StringComparison.OrdinalIgnoreCase)
            : Uri.Compare(content, own, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
    }

    /// <summary>Whether a tenant has it.</summary>
    public bool IsOf(string tenant) => Tenant.Length == 0 || Tenant == tenant;
}
