namespace Dwapi.Edge.VirtualPrinters;

/// <summary>A virtual printer: what it is and where it keeps what survives a cut of its power.</summary>
internal sealed record VirtualPrinterOptions
{
    /// <summary>TCP port on loopback; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>Folder of the stored files and the history.</summary>
    public required string Folder { get; init; }

    /// <summary>Name that it gives itself.</summary>
    public string Name { get; init; } = "virtual-printer";

    /// <summary>Seconds of the printer per second of the clock; 0 stands until its control moves it on.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>Key that every call has to show; null lets everybody in, as Moonraker does for trusted addresses.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Print size in millimetres: X, Y, Z.</summary>
    public (double X, double Y, double Z) Size { get; init; } = (220, 220, 250);
}
