using System.Collections.Immutable;
using System.Net;

namespace Dwapi.Edge.Mdns;

/// <summary>An instance of a service that answered.</summary>
/// <param name="Service">The service, for example <c>_octoprint._tcp.local</c>.</param>
/// <param name="Name">Its name for people, as it says; it may hold anything.</param>
/// <param name="Host">Its host.</param>
/// <param name="Port">Its port.</param>
/// <param name="Addresses">Addresses of the host; routable IPv4 first.</param>
/// <param name="Attributes">What it says of itself.</param>
internal sealed record MdnsInstance(
    DnsName Service, string Name, DnsName Host, int Port, ImmutableArray<IPAddress> Addresses, ImmutableDictionary<string, string> Attributes);
