namespace Dwapi.Grains.Applications;

/// <summary>A monitor as it is kept.</summary>
/// <param name="Monitor">The monitor.</param>
/// <param name="Until">When it ends unless a socket comes; null while one is there.</param>
[GenerateSerializer, Alias("Dwapi.MonitorState")]
internal sealed record MonitorState([property: Id(0)] SessionMonitor Monitor, [property: Id(1)] DateTimeOffset? Until);
