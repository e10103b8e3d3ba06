using System.Net;

namespace Dwapi.WebApi.Doors;

/// <summary>A configured list of addresses, single or CIDR.</summary>
internal sealed class AddressList
{
    private readonly List<IPNetwork> _networks = [];

    /// <exception cref="FormatException">An entry is neither an address nor a network; the message names the setting.</exception>
    public AddressList(IEnumerable<string> entries, string setting)
    {
        foreach (var entry in entries)
        {
            if (IPAddress.TryParse(entry, out var address))
            {
                _networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (IPNetwork.TryParse(entry, out var network))
            {
                _networks.Add(network);
            }
            else
            {
                throw new FormatException($"{setting}: '{entry}' is neither an address nor a network such as 10.0.0.0/8.");
            }
        }
    }

    public bool IsEmpty => _networks.Count == 0;

    public bool Contains(IPAddress address)
    {
        foreach (var network in _networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
