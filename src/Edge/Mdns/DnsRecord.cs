using System.Collections.Immutable;
using System.Net;

namespace Dwapi.Edge.Mdns;

/// <summary>A record that discovery needs.</summary>
/// <param name="Name">Whose it is.</param>
internal abstract record DnsRecord(DnsName Name)
{
    /// <summary>There is an instance of a service.</summary>
    public sealed record Pointer(DnsName Name, DnsName Target) : DnsRecord(Name);

    /// <summary>Where an instance listens.</summary>
    public sealed record Service(DnsName Name, int Port, DnsName Host) : DnsRecord(Name);

    /// <summary>What an instance says of itself: keys in lower case, the first of each counts (RFC 6763 6.4).</summary>
    public sealed record Attributes(DnsName Name, ImmutableDictionary<string, string> Values) : DnsRecord(Name);

    /// <summary>Address of a host.</summary>
    public sealed record Address(DnsName Name, IPAddress Ip) : DnsRecord(Name);
}
