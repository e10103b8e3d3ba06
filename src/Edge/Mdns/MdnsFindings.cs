using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Dwapi.Edge.Mdns;

/// <summary>Puts records together to instances, and knows what is still to be asked. Not more of it than a network of people has.</summary>
/// <param name="services">The services that are looked for.</param>
internal sealed class MdnsFindings(IReadOnlyList<DnsName> services)
{
    private const int MostInstances = 200;
    private const int MostAddresses = 8;
    private const int MostQuestions = 40;

    private readonly HashSet<DnsName> _instances = [];
    private readonly Dictionary<DnsName, DnsRecord.Service> _places = [];
    private readonly Dictionary<DnsName, DnsRecord.Attributes> _attributes = [];
    private readonly Dictionary<DnsName, HashSet<IPAddress>> _addresses = [];

    /// <summary>Takes what a message says; true if it said something new about what is looked for.</summary>
    public bool Take(IReadOnlyList<DnsRecord> records)
    {
        // A host may stand before the one who needs it: from the names to the addresses.
        var fresh = false;
        foreach (var pointer in records.OfType<DnsRecord.Pointer>())
            fresh |= services.Any(service => service.Equals(pointer.Name) && pointer.Target.IsInstanceOf(service)) && _instances.Count < MostInstances && _instances.Add(pointer.Target);
        foreach (var place in records.OfType<DnsRecord.Service>().Where(place => _instances.Contains(place.Name)))
            fresh |= _places.TryAdd(place.Name, place);
        foreach (var attributes in records.OfType<DnsRecord.Attributes>().Where(attributes => _instances.Contains(attributes.Name)))
            fresh |= _attributes.TryAdd(attributes.Name, attributes);
        foreach (var address in records.OfType<DnsRecord.Address>().Where(address => _places.Values.Any(place => place.Host.Equals(address.Name))))
        {
            if (!_addresses.TryGetValue(address.Name, out var known))
                _addresses[address.Name] = known = [];
            fresh |= known.Count < MostAddresses && known.Add(address.Ip);
        }

        return fresh;
    }

    /// <summary>What is missing of the instances that are known.</summary>
    public IReadOnlyList<(DnsName Name, DnsType Type)> Missing()
    {
        var questions = new List<(DnsName, DnsType)>();
        foreach (var instance in _instances)
        {
            if (!_places.TryGetValue(instance, out var place))
                questions.Add((instance, DnsType.Srv));
            else if (!_addresses.ContainsKey(place.Host) && !questions.Contains((place.Host, DnsType.A)))
                questions.Add((place.Host, DnsType.A));
            if (!_attributes.ContainsKey(instance))
                questions.Add((instance, DnsType.Txt));
        }

        return [.. questions.Take(MostQuestions)];
    }

    /// <summary>Those of whom it is known where they listen.</summary>
    public IReadOnlyList<MdnsInstance> Instances()
    {
        var found =
            from instance in _instances
            let place = _places.GetValueOrDefault(instance)
            where place is not null
            let addresses = _addresses.GetValueOrDefault(place.Host)
            where addresses is not null
            let service = services.First(instance.IsInstanceOf)
            select new MdnsInstance(
                service, string.Join('.', instance.Labels.SkipLast(service.Labels.Length)), place.Host, place.Port, [.. addresses.OrderBy(Rank).ThenBy(address => address.ToString(), StringComparer.Ordinal)],
                _attributes.GetValueOrDefault(instance)?.Values ?? ImmutableDictionary<string, string>.Empty);
        return [.. found.OrderBy(instance => instance.Name, StringComparer.OrdinalIgnoreCase).ThenBy(instance => instance.Service.ToString(), StringComparer.Ordinal)];
    }

    private static int Rank(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork ? address.GetAddressBytes() is [169, 254, ..] ? 1 : 0 : address.IsIPv6LinkLocal ? 3 : 2;
}
