namespace Dwapi.Edge.Mdns;

/// <summary>Types of records that discovery needs (RFC 1035 3.2.2, RFC 2782).</summary>
internal enum DnsType
{
    /// <summary>IPv4 address.</summary>
    A = 1,

    /// <summary>Name of an instance of a service.</summary>
    Ptr = 12,

    /// <summary>Attributes of an instance.</summary>
    Txt = 16,

    /// <summary>IPv6 address.</summary>
    Aaaa = 28,

    /// <summary>Host and port of an instance.</summary>
    Srv = 33,
}
