namespace Dwapi.Edge.Mdns;

/// <summary>A packet is no DNS message, or one beyond the limits.</summary>
internal sealed class MdnsFormatException(string message) : Exception(message);
