using System.Net;
using System.Net.Sockets;

namespace Dwapi.Edge.Printers.Content;

/// <summary>Addresses that a URI from outside must not lead to: what only this network can reach.</summary>
internal static class PrivateAddresses
{
    private static readonly IPNetwork[] Networks =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "224.0.0.0/3", "::/128", "::1/128", "64:ff9b::/96", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        ]).Select(IPNetwork.Parse),
    ];

    /// <summary>True for an address of this host or a private network, also in the clothes of IPv6.</summary>
    public static bool Contains(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Networks.Any(network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain))
            || plain.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6);
    }
}
