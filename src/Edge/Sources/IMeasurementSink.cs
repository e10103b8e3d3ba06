namespace Dwapi.Edge.Sources;

/// <summary>Takes what a source delivers. Values of one device must come one after the other, those of several may overlap.</summary>
internal interface IMeasurementSink
{
    /// <summary>A device is there, or something of it changed.</summary>
    void Announce(SourceDevice device);

    /// <summary>A device is gone. Its service stays, offline: its stored results remain of use, and it may come back.</summary>
    void Gone(string serviceId);

    /// <summary>
    /// Takes one value. It is decoded and has its place in the order when the call returns, and is durable (if it is a measurement at
    /// all) when the task ends: a source that can make its device wait does so until then.
    /// </summary>
    Task AcceptAsync(string serviceId, GattValue value, DateTimeOffset receivedAt, CancellationToken cancellationToken);
}
