using System.Collections.Immutable;
using Dwapi.Edge.Ipp;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Ipp;

/// <summary>What a printer is and can do, as it describes itself.</summary>
internal sealed class IppPrinterInfo(IppAttributes printer)
{
    /// <summary>What is asked for.</summary>
    public static readonly ImmutableArray<string> Wanted =
    [
        "operations-supported", "document-format-supported", "reference-uri-schemes-supported", "multiple-operation-time-out", "printer-info", "printer-name",
        "printer-make-and-model", "printer-device-id", "printer-firmware-string-version", "printer-volume-supported", "ipp-versions-supported",
        "material-type-supported", "platform-temperature-supported",
    ];

    // Of material-type (PWG 5100.21), what is melted and laid down, also with something in it: pla-wood.
    private static readonly string[] Filaments = ["abs", "nylon", "pet", "petg", "pla", "polycarbonate", "pva"];

    // "Look yourself": every printer lists it, and it says nothing.
    private const string Any = "application/octet-stream";

    private readonly HashSet<int> _operations = [.. printer.Numbers("operations-supported")];
    private readonly string[] _schemes = [.. printer.Texts("reference-uri-schemes-supported")];

    /// <summary>Media types that it takes, its own "look yourself" left out.</summary>
    public ImmutableArray<string> Formats { get; } = [.. printer.Texts("document-format-supported").Where(format => format != Any)];

    /// <summary>How long it waits for the document of a job; it says how long in seconds, or 60.</summary>
    public TimeSpan ContentWithin { get; } = TimeSpan.FromSeconds(Math.Clamp(printer.Number("multiple-operation-time-out") ?? 60, 1, 3600));

    /// <summary>It fetches documents by their address.</summary>
    public bool CanFetch => Can(IppOperation.CreateJob) && Can(IppOperation.SendUri);

    /// <summary>The running job can be suspended and resumed as such.</summary>
    public bool CanSuspend => Can(IppOperation.SuspendCurrentJob) && Can(IppOperation.ResumeJob);

    /// <summary>The printer can be paused and resumed.</summary>
    public bool CanPausePrinter => Can(IppOperation.PausePrinter) && Can(IppOperation.ResumePrinter);

    /// <summary>It has an operation.</summary>
    public bool Can(IppOperation operation) => _operations.Contains((int)operation);

    /// <summary>It fetches from addresses of a scheme; a printer that lists none is believed to know http and https.</summary>
    public bool CanFetchFrom(string scheme) => _schemes.Length == 0 || _schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase);

    /// <summary>The description, with what the settings say before what the printer says.</summary>
    public PrinterDescription Describe(PrinterOptions options)
    {
        var id = DeviceId(printer.Text("printer-device-id"));
        string First(params string[] texts) => texts.FirstOrDefault(text => text.Length > 0, "");
        return new PrinterDescription(
            new DeviceObject
            {
                ProductName = First(options.Name ?? "", printer.Text("printer-info"), printer.Text("printer-name"), $"3D printer {options.Id}"),
                ManufacturerName = First(options.Manufacturer, id.GetValueOrDefault("MFG", ""), id.GetValueOrDefault("MANUFACTURER", "")),
                ModelNumber = First(options.Model, printer.Text("printer-make-and-model")),
                SerialNumber = First(options.SerialNumber, id.GetValueOrDefault("SN", ""), id.GetValueOrDefault("SERIALNUMBER", "")),
                FirmwareRevision = string.Join(", ", printer.Texts("printer-firmware-string-version")),
                ProtocolRevision = printer.Texts("ipp-versions-supported").Max() is { } version ? $"IPP {version}" : "",
                SystemId = PrinterIdentity.SystemId(options),
            },
            new PrinterAttributes
            {
                PrintType = printer.Texts("material-type-supported").Any(IsFilament) ? PrintTypes.Fdm : PrintTypes.Unknown,
                PrintSizeX = Millimetres("x-dimension"),
                PrintSizeY = Millimetres("y-dimension"),
                PrintSizeZ = Millimetres("z-dimension"),
                Network = options.Network,
                HeatedBed = printer.Has("platform-temperature-supported")
                    ? printer["platform-temperature-supported"].Any(value => value is IppRange { Upper: > 0 } or IppInteger { Number: > 0 })
                    : null,
                FileTypes = Formats,
            });
    }

    private static bool IsFilament(string type) => Filaments.Contains(type.Split('-', '_')[0], StringComparer.OrdinalIgnoreCase);

    // In hundredths of a millimetre.
    private double Millimetres(string dimension) => Math.Max(0, printer.Members("printer-volume-supported").Number(dimension) ?? 0) / 100.0;

    // IEEE 1284: KEY:value;KEY:value;
    private static Dictionary<string, string> DeviceId(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(pair => pair.Split(':', 2))
        .Where(pair => pair.Length == 2)
        .GroupBy(pair => pair[0].Trim().ToUpperInvariant(), pair => pair[1].Trim())
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
}
