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

    /// <summary>
    /// <c>open</c> (no token), <c>oauth</c> (OAuth 2.0 with token exchange, RFC 8693), or <c>myminifactory</c> (a person's login, registered
    /// printers, and tasks).
    /// </summary>
    [RegularExpression("^(open|oauth|myminifactory)$", ErrorMessage = "Kind is 'open', 'oauth' or 'myminifactory'.")]
    public string Kind { get; set; } = "open";

    /// <summary>The only tenant that has it; empty: all of them.</summary>
    public string Tenant { get; set; } = "";

    /// <summary>Where tokens are made; empty: <c>oauth/token</c> below <see cref="Url"/>. Revocation is its neighbour <c>revoke</c>.</summary>
    public string TokenUrl { get; set; } = "";

    /// <summary>Our id there.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Our secret there.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>Kind myminifactory: the key of our application there, which the address of a download carries.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Kind myminifactory: a refresh token; the login that lasts.</summary>
    public string RefreshToken { get; set; } = "";

    /// <summary>Kind myminifactory: an access token, used as it is while there is no <see cref="RefreshToken"/>.</summary>
    public string AccessToken { get; set; } = "";

    /// <summary>Kind myminifactory: the code of a person's consent, good once: the login lasts until the host begins anew.</summary>
    public string AuthorizationCode { get; set; } = "";

    /// <summary>Kind myminifactory: the address that the consent came to, as it was registered there.</summary>
    public string RedirectUri { get; set; } = "";

    /// <summary>Kind myminifactory: where printers are registered; empty: <c>printers</c> below <see cref="Url"/>.</summary>
    public string RegisterUrl { get; set; } = "";

    /// <summary>Media types that it has.</summary>
    public IList<string> FileTypes { get; } = [];

    /// <summary>Whether a content of that address is this server's: below <see cref="Url"/>.</summary>
    public bool Has(Uri content) => AddressOf(content) is not null;

    /// <summary>Where a content is fetched; null when it is not this server's.</summary>
    /// <param name="content">
    /// Its URI. <c>file://www.3dexcont.com/ex.stl</c>, as the text's example has it, names a content of that host.
    /// </param>
    public Uri? AddressOf(Uri content)
    {
        var own = new Uri(Url.TrimEnd('/') + "/");
        if (content.IsFile && !content.Host.Equals(own.Host, StringComparison.OrdinalIgnoreCase))
            return null;
        var address = content.IsFile ? new Uri(own, content.AbsolutePath) : content;
        return Uri.Compare(address, own, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0
            && address.AbsolutePath.StartsWith(own.AbsolutePath, StringComparison.Ordinal)
            && !Uri.UnescapeDataString(address.AbsolutePath).Split('/', '\\').Contains("..")
            ? address
            : null;
    }

    /// <summary>Whether a tenant has it.</summary>
    public bool IsOf(string tenant) => Tenant.Length == 0 || Tenant == tenant;
}
