using System.ComponentModel.DataAnnotations;
using Dwapi.Gotapi.Codes;

namespace Dwapi.Edge;

/// <summary>All settings of an edge, with their defaults; checked at start by <see cref="EdgeOptionsCheck"/>. See docs/edge.md.</summary>
public sealed class EdgeOptions
{
    /// <summary>Address of the server's plug-in link: <c>ws://HOST:4035/gotapi/plugin</c> or <c>wss://HOST:4036/gotapi/plugin</c>. The path may be left out.</summary>
    public Uri? Server { get; set; }

    /// <summary>Name under which the edge is enrolled at the server; 1 to 128 of <c>A-Z a-z 0-9 . _ : -</c>.</summary>
    public string EdgeId { get; set; } = "edge";

    /// <summary>The key that the enrolment gave. One of <see cref="Key"/> and <see cref="KeyFile"/>.</summary>
    public string? Key { get; set; }

    /// <summary>File whose first line is the key.</summary>
    public string? KeyFile { get; set; }

    /// <summary>Display name; the machine's by default.</summary>
    public string Name { get; set; } = Environment.MachineName;

    /// <summary>SHA-256 (or SHA-1) thumbprint of the server's certificate, for a server that made its own.</summary>
    public string? CertificateThumbprint { get; set; }

    /// <summary>PEM or DER file of the server's certificate or of its issuer.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>Where the edge keeps what must be durable; LocalApplicationData/dwapi-edge by default.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>File of the outbox; EDGEID.outbox in the data directory by default.</summary>
    public string? Outbox { get; set; }

    /// <summary>Size of the outbox above which the oldest continuous heart rates and oximetry values give way to what comes; 10 to 1,000,000 MB.</summary>
    [Range(10, 1_000_000)]
    public int OutboxMegabytes { get; set; } = 1000;

    /// <summary>Civil zone of the place: <c>local</c> (default), an IANA name, or <c>unknown</c> when only UTC is known.</summary>
    public string TimeZone { get; set; } = "local";

    /// <summary>Which numbers stand for types and units.</summary>
    public CodeSpelling Codes { get; set; }

    /// <summary>A connection on which nothing came for so long is dead; 3 to 300 s.</summary>
    [Range(3, 300)]
    public int DeadAfterSeconds { get; set; } = 15;

    /// <summary>Longest wait before another try to connect; 1 to 600 s.</summary>
    [Range(1, 600)]
    public int LongestRetrySeconds { get; set; } = 30;

    /// <summary>Simulated devices; none by default.</summary>
    public SimulatorOptions Simulators { get; set; } = new();

    /// <summary>Capture to play; none by default.</summary>
    public ReplayOptions Replay { get; set; } = new();

    /// <summary>Bluetooth devices; off by default.</summary>
    public BluetoothOptions Bluetooth { get; set; } = new();

    /// <summary>3D printers; none by default.</summary>
    public List<PrinterOptions> Printers { get; set; } = [];

    /// <summary>What slices models for the printers.</summary>
    public SlicerOptions Slicer { get; set; } = new();
}
