using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dwapi.Gotapi.Printing;

/// <summary>
/// What an edge reports of a printer: one item of its outbox. Scopes, network type, online and device come with the announcement.
/// </summary>
public sealed record PrinterSnapshot : IJsonOnDeserialized
{
    /// <summary>Whether it can be reached: its own state is not offline and, as the host has it, the link of its edge is up.</summary>
    public bool Online { get; init; } = true;

    /// <summary>What it is.</summary>
    public required PrinterAttributes PrintAttribute { get; init; }

    /// <summary>How it is reached.</summary>
    public NetworkInfo? NetworkInfo { get; init; }

    /// <summary>What its connector can do.</summary>
    public PrinterCapabilities? Capabilities { get; init; }

    /// <summary>How it is.</summary>
    public required PrinterStatus Status { get; init; }

    /// <summary>What the printer itself holds.</summary>
    public ImmutableArray<PrintQueueEntry> PrintQueue { get; init; } = [];

    void IJsonOnDeserialized.OnDeserialized() => PrintingJson.CheckElements(PrintQueue);
}
