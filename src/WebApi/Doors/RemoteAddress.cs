using System.Net;
using Dwapi.Grains.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Doors;

/// <summary>Where a request really comes from: forwarded headers count only from proxies that the operator named (DECISIONS 1).</summary>
internal sealed class RemoteAddress(IOptions<DwapiOptions> options)
{
    private readonly AddressList _proxies = new(options.Value.TrustedProxies, "Dwapi:TrustedProxies");

    /// <summary>The address; null where there is none (in-memory server, Unix socket).</summary>
    public IPAddress? Of(HttpContext context)
    {
        var address = Unmapped(context.Connection.RemoteIpAddress);
        if (_proxies.IsEmpty || address is null || !_proxies.Contains(address))
        {
            return address;
        }

        // The list grows to the right: the first from the right that no proxy of ours has is the one that the last proxy saw.
        var hops = context.Request.Headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (var i = hops.Length - 1; i >= 0; i--)
        {
            if (!IPAddress.TryParse(hops[i], out var hop))
            {
                break;
            }

            address = Unmapped(hop)!;
            if (!_proxies.Contains(address))
            {
                break;
            }
        }

        return address;
    }

    /// <summary>The address as text, "" where there is none.</summary>
    public string TextOf(HttpContext context) => Of(context)?.ToString() ?? "";

    private static IPAddress? Unmapped(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
