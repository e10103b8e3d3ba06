using System.Net;
using Dwapi.Grains.Settings;
using Dwapi.WebApi.Tenants;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Doors;

/// <summary>
/// The names under which this server may be asked (DECISIONS 8). A page that made its own name point at us (DNS rebinding) is told apart
/// by the <c>Host</c> that the browser sends; an address literal cannot be rebound, so the address that was connected to is always ours.
/// </summary>
internal sealed class HostNames(IOptions<GotapiOptions> options, TenantDirectory tenants, IServer server)
{
    private readonly HashSet<string> _names = new([.. options.Value.HostNames, .. tenants.HostNames, "localhost"], StringComparer.OrdinalIgnoreCase);
    private volatile HashSet<string>? _listening;

    // Nearly every request repeats the Host of the one before.
    private volatile string _lastOwn = "";

    public bool IsOwn(HttpContext context)
    {
        var host = context.Request.Host.Value;
        if (string.IsNullOrEmpty(host))
        {
            return false;
        }

        if (host == _lastOwn)
        {
            return true;
        }

        var name = NameOf(host).ToString();
        if (!IsNamed(name) && !IsLoopbackLiteral(name, out var address))
        {
            // Not remembered: what is ours on one connection need not be on another.
            return address is not null && address.Equals(Unmapped(context.Connection.LocalIpAddress));
        }

        _lastOwn = host;
        return true;
    }

    private bool IsNamed(string name) => _names.Contains(name) || Listening().Contains(name);

    // Known only after the server has started, hence not in the constructor.
    private HashSet<string> Listening()
    {
        if (_listening is { } known)
        {
            return known;
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (server.Features.Get<IServerAddressesFeature>() is { Addresses.Count: > 0 } feature)
        {
            foreach (var text in feature.Addresses)
            {
                if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host is not ("0.0.0.0" or "[::]"))
                {
                    names.Add(uri.Host.Trim('[', ']'));
                }
            }

            _listening = names;
        }

        return names;
    }

    private static bool IsLoopbackLiteral(string name, out IPAddress? address) =>
        IPAddress.TryParse(name, out address) && IPAddress.IsLoopback(address);

    /// <summary>The name in a Host header, without its port.</summary>
    public static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> host)
    {
        if (host is ['[', ..])
        {
            var end = host.IndexOf(']');
            return end > 0 ? host[1..end] : default;
        }

        var colon = host.IndexOf(':');
        return (colon < 0 ? host : host[..colon]).TrimEnd('.');
    }

    private static IPAddress? Unmapped(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
