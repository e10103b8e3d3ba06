using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Dwapi.Silo.Hosting;

/// <summary>The addresses of the host: loopback on GotAPI's two ports unless <c>urls</c> says otherwise (DECISIONS 31).</summary>
internal static class Addresses
{
    /// <summary>GotAPI 1.1: 4035 in clear text, 4036 with TLS.</summary>
    public const string Default = "http://127.0.0.1:4035;https://127.0.0.1:4036";

    /// <summary>Uses <see cref="Default"/> unless the command line, the environment or a file names addresses.</summary>
    public static void UseDefaultAddresses(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(Default.Split(';'));
        }
    }

    /// <summary>The addresses that are really bound, after the start.</summary>
    public static IReadOnlyList<string> Bound(IServiceProvider services) =>
        [.. services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    /// <summary>How this machine itself reaches the host: clear text first, a wildcard becomes loopback (DECISIONS 33).</summary>
    public static Uri Local(IReadOnlyList<string> bound)
    {
        var address = bound.FirstOrDefault(static a => a.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) ?? bound[0];
        var parsed = BindingAddress.Parse(address);
        var host = IPAddress.TryParse(parsed.Host.Trim('[', ']'), out var ip)
            ? ip.Equals(IPAddress.Any) ? "127.0.0.1" : ip.Equals(IPAddress.IPv6Any) ? "[::1]" : parsed.Host
            : parsed.Host is "*" or "+" ? "127.0.0.1" : parsed.Host;
        return new Uri($"{parsed.Scheme}://{host}:{parsed.Port}/");
    }
}
