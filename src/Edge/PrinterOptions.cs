using System.ComponentModel.DataAnnotations;
using Dwapi.Edge.Printers;

namespace Dwapi.Edge;

/// <summary>A 3D printer of an edge.</summary>
public sealed class PrinterOptions
{
    /// <summary>Name of the printer within the edge, for ever: its service is <c>3dp-</c> and this. 1 to 64 of <c>A-Z a-z 0-9 . _ -</c>.</summary>
    [Required, RegularExpression("[A-Za-z0-9._-]{1,64}", ErrorMessage = "Printers: an id has 1 to 64 letters, digits, dots, underscores and dashes")]
    public string Id { get; set; } = "";

    /// <summary>What it is driven by.</summary>
    public PrinterKind Kind { get; set; }

    /// <summary>Address of its back end, for example <c>http://printer.local:7125</c>.</summary>
    [Required(ErrorMessage = "Printers: an address is needed, for example http://printer.local:7125")]
    public Uri? Address { get; set; }

    /// <summary>Key that the back end wants. One of <see cref="ApiKey"/> and <see cref="ApiKeyFile"/>, or none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>File whose first line is the key.</summary>
    public string? ApiKeyFile { get; set; }

    /// <summary>Display name; what the printer calls itself by default.</summary>
    public string? Name { get; set; }

    /// <summary>Manufacturer, which no back end knows.</summary>
    public string Manufacturer { get; set; } = "";

    /// <summary>Model.</summary>
    public string Model { get; set; } = "";

    /// <summary>Serial number, where the back end knows none.</summary>
    public string SerialNumber { get; set; } = "";

    /// <summary>Network of the printer: WiFi, Ethernet, USB, Bluetooth or "".</summary>
    public string Network { get; set; } = "";

    /// <summary>Hottest nozzle that G-code may ask for; 100 to 1,000 degrees Celsius.</summary>
    [Range(100, 1000)]
    public int MaxNozzleTemperature { get; set; } = 300;

    /// <summary>Hottest bed or chamber that G-code may ask for; 30 to 500 degrees Celsius.</summary>
    [Range(30, 500)]
    public int MaxBedTemperature { get; set; } = 120;
}
