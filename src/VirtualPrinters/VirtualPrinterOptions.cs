using System.Globalization;

namespace Dwapi.VirtualPrinters;

/// <summary>A virtual printer, or several alike: what it is and where it keeps what survives a cut of its power.</summary>
internal sealed record VirtualPrinterOptions
{
    /// <summary>TCP port on loopback; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>How many printers: each has a port of its own, the next ones, a folder of its own in <see cref="Folder"/>, and a number behind its name.</summary>
    public int Count { get; init; } = 1;

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

    /// <summary>The options of one of the printers, from 0.</summary>
    public VirtualPrinterOptions Of(int index) => Count == 1 ? this : this with
    {
        Count = 1,
        Port = Port == 0 ? 0 : Port + index,
        Folder = Path.Combine(Folder, index.ToString(CultureInfo.InvariantCulture)),
        Name = string.Create(CultureInfo.InvariantCulture, $"{Name}-{index}"),
    };
}
