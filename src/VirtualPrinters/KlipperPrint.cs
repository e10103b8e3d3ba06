using Dwapi.Edge.Gcode;

namespace Dwapi.VirtualPrinters;

/// <summary>The print in hand, as Klipper's print_stats and virtual_sdcard see it.</summary>
internal sealed class KlipperPrint : IDisposable
{
    /// <summary>standby, printing, paused, complete, cancelled or error.</summary>
    public string State { get; set; } = "standby";

    /// <summary>Name of the file, "" for none.</summary>
    public string FileName { get; set; } = "";

    /// <summary>Klipper's text after an error.</summary>
    public string Message { get; set; } = "";

    /// <summary>Seconds since the start.</summary>
    public double TotalDuration { get; set; }

    /// <summary>Seconds since the first extrusion, without pauses.</summary>
    public double PrintDuration { get; set; }

    /// <summary>Millimetres of filament.</summary>
    public double FilamentUsed { get; set; }

    /// <summary>The open file; null when nothing is loaded.</summary>
    public GcodeFile? File { get; set; }

    /// <summary>True while a job is in hand, paused or not.</summary>
    public bool IsLoaded => State is "printing" or "paused";

    /// <summary>Part of the file that is done, 0 to 1.</summary>
    public double Progress => File is { Length: > 0 } file ? (double)file.Position / file.Length : 0;

    public void Dispose() => File?.Dispose();
}
