using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers;

/// <summary>What was found when a configured printer was asked.</summary>
internal sealed record PrinterFinding
{
    public required string ServiceId { get; init; }

    public required PrinterKind Kind { get; init; }

    public required Uri Address { get; init; }

    /// <summary>What stands in the way and what to do; null if nothing does.</summary>
    public string? Problem { get; init; }

    public DeviceObject? Device { get; init; }

    public PrinterAttributes? Attributes { get; init; }

    public PrinterCapabilities? Capabilities { get; init; }

    public OperatingStatus? Status { get; init; }

    /// <summary>The file in hand, or the one that ended last.</summary>
    public string? FileName { get; init; }

    /// <summary>Files in the printer's own queue.</summary>
    public int Waiting { get; init; }

    /// <summary>What the printer itself complains of.</summary>
    public IReadOnlyList<string> Troubles { get; init; } = [];
}
