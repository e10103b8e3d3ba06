namespace Dwapi.Grains.Ports;

/// <summary>An edge that announces a service.</summary>
/// <param name="EdgeId">The edge.</param>
/// <param name="Online">What it said of the service.</param>
public sealed record ServiceAnnouncer(string EdgeId, bool Online);
