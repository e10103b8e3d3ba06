namespace Dwapi.Grains;

/// <summary>Names of the streams on which grains tell web nodes what happened. Web nodes are the only subscribers (DECISIONS 17).</summary>
public static class Streams
{
    /// <summary>The stream provider.</summary>
    public const string Provider = "events";

    /// <summary>Namespace of <see cref="Devices.DeviceEvents"/>; the stream's key is the device grain's key, <c>tenant/serviceId</c>.</summary>
    public const string Device = "device";

    /// <summary>Namespace of <see cref="Edges.ServiceChangePage"/>; the stream's key is the tenant.</summary>
    public const string Services = "serviceChanges";
}
