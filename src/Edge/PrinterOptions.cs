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

    /// <summary>Address of its back end, for example <c>http://printer.local:7125</c>; may have a path. For IPP also <c>ipp://printer.local</c> or <c>ipps://printer.local</c>.</summary>
    [Required(ErrorMessage = "Printers: an address is needed, for example http://printer.local:7125")]
    public Uri? Address { get; set; }

    /// <summary>Key that the back end wants; for IPP <c>user:password</c>, or a bearer token. One of <see cref="ApiKey"/> and <see cref="ApiKeyFile"/>, or none.</summary>
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

    /// <summary>SHA-256 or SHA-1 thumbprint of the certificate that the printer made itself; IPP only.</summary>
    public string? CertificateThumbprint { get; set; }

    /// <summary>Who fetches the content, for printers that can do it themselves (IPP); the printer by default.</summary>
    public PrinterFetch Fetch { get; set; }

    /// <summary>How often a printer that does not push is asked for its state (IPP), seconds, 0.05 to 60.</summary>
    [Range(0.05, 60, ErrorMessage = "Printers: pollSeconds is 0.05 to 60")]
    public double PollSeconds { get; set; } = 2;

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
