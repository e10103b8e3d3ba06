using System.Collections.Immutable;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers;

/// <summary>How a printer is at one moment, as its back end tells it.</summary>
internal sealed record PrinterReading
{
    /// <summary>A printer that does not answer.</summary>
    public static PrinterReading Unreachable(string message) => new()
    {
        Status = OperatingStatus.Offline,
        Troubles = [new PrinterTrouble(AlertCode.ConnectionLost, AlertSeverity.Error, message)],
    };

    /// <summary>What became of a file, by this reading; null if it does not tell.</summary>
    public RemoteJobState? JobOf(string remoteName) => FileName != remoteName ? null : Status switch
    {
        OperatingStatus.Paused or OperatingStatus.Attention => RemoteJobState.Paused,
        OperatingStatus.Printing or OperatingStatus.Heating or OperatingStatus.Preparing or OperatingStatus.Pausing or OperatingStatus.Cancelling =>
            RemoteJobState.Printing,
        OperatingStatus.Finished => RemoteJobState.Completed,
        OperatingStatus.Stopped => RemoteJobState.Cancelled,
        OperatingStatus.Error => RemoteJobState.Failed,
        _ => null,
    };

    /// <summary>Whether another reading says the same but for what was measured: temperatures, progress and times.</summary>
    public bool IsSameState(PrinterReading other) =>
        Status == other.Status && FileName == other.FileName && Occupied == other.Occupied && Message == other.Message && BedTarget == other.BedTarget
        && Tools.AsSpan().SequenceEqual(other.Tools.AsSpan(), Targets.Instance) && Troubles.AsSpan().SequenceEqual(other.Troubles.AsSpan())
        && Queue.AsSpan().SequenceEqual(other.Queue.AsSpan());

    /// <summary>What it is doing.</summary>
    public required OperatingStatus Status { get; init; }

    /// <summary>Remote name of the file in hand, or of the one that ended last; null for none.</summary>
    public string? FileName { get; init; }

    /// <summary>True while a job is in hand, whoever started it: nothing else can start.</summary>
    public bool Occupied { get; init; }

    /// <summary>The back end's words about a job that ended in error.</summary>
    public string Message { get; init; } = "";

    /// <summary>Part of the job that is done, 0 to 1.</summary>
    public double? Progress { get; init; }

    /// <summary>Seconds since the job began.</summary>
    public double? Elapsed { get; init; }

    /// <summary>Seconds until it ends.</summary>
    public double? Remaining { get; init; }

    /// <summary>Every tool.</summary>
    public ImmutableArray<ToolTemperature> Tools { get; init; } = [];

    /// <summary>Temperature of the bed, degrees Celsius.</summary>
    public double? Bed { get; init; }

    /// <summary>Its target.</summary>
    public double? BedTarget { get; init; }

    /// <summary>Temperature of the chamber.</summary>
    public double? Chamber { get; init; }

    /// <summary>What is wrong.</summary>
    public ImmutableArray<PrinterTrouble> Troubles { get; init; } = [];

    /// <summary>Names of the files in the printer's own queue.</summary>
    public ImmutableArray<string> Queue { get; init; } = [];

    private sealed class Targets : IEqualityComparer<ToolTemperature>
    {
        public static readonly Targets Instance = new();

        public bool Equals(ToolTemperature? x, ToolTemperature? y) => x?.Index == y?.Index && x?.Target == y?.Target;

        public int GetHashCode(ToolTemperature tool) => HashCode.Combine(tool.Index, tool.Target);
    }
}
