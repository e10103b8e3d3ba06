using Dwapi.Grains.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Management;

/// <summary>Whether a request comes from a page of this server: its Origin is the address under which the server was asked.</summary>
internal sealed class OwnOrigin(IOptions<DwapiOptions> options)
{
    /// <summary>False also when there is no Origin.</summary>
    public bool Is(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        if (origin.Count != 1 || origin[0] is not { } text)
        {
            return false;
        }

        var host = request.Host.ToUriComponent();
        return Same(text, request.Scheme, host)
            // A proxy in front ends TLS: the page is https, what reaches us is not.
            || (options.Value.ClearTextBehindProxy && Same(text, Uri.UriSchemeHttps, host));
    }

    private static bool Same(string origin, string scheme, string host) =>
        origin.Equals(scheme + Uri.SchemeDelimiter + host, StringComparison.OrdinalIgnoreCase);
}
