namespace Dwapi.Gotapi.Printing;

/// <summary>
/// Which snapshots are events (3D-BEH-04): every change of state at once; values beyond a threshold, once a second at most; what is the
/// same never.
/// </summary>
public static class SnapshotGate
{
    /// <summary>Degrees Celsius.</summary>
    public const double TemperatureThreshold = 1;

    /// <summary>Part of a job.</summary>
    public const double ProgressThreshold = 0.01;

    /// <summary>Least time between two events that differ in values only.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How a snapshot differs from the last event.</summary>
    public static SnapshotChange Compare(PrinterSnapshot? last, PrinterSnapshot next)
    {
        if (last is null || !SameState(last, next))
            return SnapshotChange.State;
        var (before, now) = (last.Status, next.Status);
        return Moved(before.NozzleTemperature, now.NozzleTemperature, TemperatureThreshold)
            || Moved(before.BedTemperature, now.BedTemperature, TemperatureThreshold)
            || Moved(before.ChamberTemperature, now.ChamberTemperature, TemperatureThreshold)
            || Moved(before.Progress, now.Progress, ProgressThreshold)
            || before.Tools.Zip(now.Tools).Any(pair => Moved(pair.First.Actual, pair.Second.Actual, TemperatureThreshold))
            ? SnapshotChange.Values
            : SnapshotChange.None;
    }

    private static bool SameState(PrinterSnapshot last, PrinterSnapshot next)
    {
        var (before, now) = (last.Status, next.Status);
        return last.Online == next.Online
            && before.OperatingStatus == now.OperatingStatus
            && before.CurrentJobId == now.CurrentJobId
            && before.CurrentOrder == now.CurrentOrder
            && before.NozzleTargetTemperature == now.NozzleTargetTemperature
            && before.BedTargetTemperature == now.BedTargetTemperature
            && before.Tools.Select(Wanted).SequenceEqual(now.Tools.Select(Wanted))
            && before.Alerts.SequenceEqual(now.Alerts)
            && last.NetworkInfo == next.NetworkInfo
            && last.Capabilities == next.Capabilities
            && Same(last.PrintAttribute, next.PrintAttribute)
            && last.PrintQueue.Select(Lasting).SequenceEqual(next.PrintQueue.Select(Lasting));
    }

    private static bool Same(PrinterAttributes last, PrinterAttributes next) =>
        last with { FileTypes = [] } == next with { FileTypes = [] } && last.FileTypes.SequenceEqual(next.FileTypes);

    private static (int Index, double? Target) Wanted(ToolTemperature tool) => (tool.Index, tool.Target);

    // Progress is a value; the rest of an entry is state.
    private static PrintQueueEntry Lasting(PrintQueueEntry entry) => entry with { Progress = null };

    private static bool Moved(double? before, double? now, double threshold) =>
        before.HasValue != now.HasValue || (before is { } from && now is { } to && Math.Abs(to - from) >= threshold - 1e-9);
}
