namespace Dwapi.Edge.Sources;

/// <summary>Where measurements come from: simulators, a capture file, a Bluetooth adapter.</summary>
internal interface IMeasurementSource
{
    /// <summary>Delivers devices and values until it has no more or is cancelled.</summary>
    Task RunAsync(IMeasurementSink sink, CancellationToken cancellationToken);
}
