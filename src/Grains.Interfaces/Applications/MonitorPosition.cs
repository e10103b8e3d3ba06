namespace Dwapi.Grains.Applications;

/// <summary>The last event of a monitor that was handed to a socket.</summary>
/// <param name="Key">The monitor.</param>
/// <param name="Sequence">Sequence of the last event handed over.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.MonitorPosition")]
public sealed record MonitorPosition([property: Id(0)] MonitorKey Key, [property: Id(1)] long Sequence);
