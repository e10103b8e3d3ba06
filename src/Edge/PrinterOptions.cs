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

    /// <summary>Address of its back end, for example <c>http://printer.local:7125</c>; may have a path.</summary>
    [Required(ErrorMessage = "Printers: an address is needed, for example http://printer.local:7125")]
    public Uri? Address { get; set; }

    /// <summary>Key that the back end wants. One of <see cref="ApiKey"/> and <see cref="ApiKeyFile"/>, or none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>File whose first line is the key.</summary>
    public string? ApiKeyFile { get; set; }

    /// <summary>Name to log in with, where the back end wants name and password instead of a key (PrusaLink); <c>maker</c> by default there.</summary>
    public string? UserName { get; set; }

    /// <summary>Password for it. One of <see cref="Password"/> and <see cref="PasswordFile"/>.</summary>
    public string? Password { get; set; }

    /// <summary>File whose first line is the password.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>What it can print, millimetres as <c>XxYxZ</c>, for example <c>250x210x220</c>; goes before what the back end says.</summary>
    public string? PrintVolume { get; set; }

    /// <summary>File with more models and their print volumes for PrusaLink; goes before the table that comes with the edge.</summary>
    public string? ModelsFile { get; set; }

    /// <summary>
    /// Whether the edge may connect OctoPrint to its printer again after an error of the firmware. That resets most printers, so somebody must have
    /// made sure that this is safe.
    /// </summary>
    public bool Reconnect { get; set; }

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
}
