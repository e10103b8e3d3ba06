using System.Collections.Immutable;
using System.Text.Json;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Devices;

namespace Dwapi.Grains.Printing;

/// <summary>
/// Makes the events of a printer out of its snapshots and its queue (3D-BEH-04), and stores them as measurements are: durable, in order,
/// and to be resumed. A change of values that comes too early is kept and told when its second is over.
/// </summary>
internal sealed class SnapshotEvents(IDeviceGrain device, PrinterQueue queue, TimeProvider time)
{
    private PrinterSnapshot? _told;
    private long _toldAt;
    private string _edge = "";
    private string _epoch = "";
    private bool _kept;

    /// <summary>The printer as its edge saw it last; null before.</summary>
    public PrinterSnapshot? Printer { get; private set; }

    /// <summary>When the edge took <see cref="Printer"/>, Unix milliseconds.</summary>
    public long PrinterAt { get; private set; }

    /// <summary>Whether the last snapshot changed more than values, or nothing: an edge that connected repeats what it has.</summary>
    public bool Moved { get; private set; }

    /// <summary>Whether the link of its edge is up; while it is not, the printer is told as offline. <see cref="Flush"/> tells a change.</summary>
    public bool Linked { get; set; } = true;

    /// <summary>Whether a snapshot, not only the last one, changed what the queue keeps; whoever writes that takes it back.</summary>
    public bool Saw { get; set; }

    /// <summary>When <see cref="Flush"/> has something to do; null for never.</summary>
    public TimeSpan? Due
    {
        get
        {
            if (!_kept)
                return null;
            var rest = SnapshotGate.Interval - time.GetElapsedTime(_toldAt);
            return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        }
    }

    /// <summary>Starts with what the store has.</summary>
    public void Load(OneShot latest)
    {
        _edge = latest.Registration?.EdgeId ?? "";
        _epoch = "";
        if (latest.Latest is { } stored)
            (Printer, PrinterAt) = (_told = Parse(stored.Quantities), stored.ReceivedAt);
        _toldAt = time.GetTimestamp() - (time.TimestampFrequency * 2);
    }

    /// <summary>Takes snapshots of the edge.</summary>
    public async Task<ReportResult> Report(ReportBatch batch)
    {
        (_edge, _epoch) = (batch.EdgeId, batch.EdgeEpoch);
        var (told, toldAt, printer) = (_told, _toldAt, Printer);
        var outcomes = Enumerable.Repeat(ReportOutcome.Duplicate, batch.Items.Length).ToArray();
        List<(int Index, ReportItem Item)> events = [];
        for (var i = 0; i < batch.Items.Length; i++)
        {
            if (Parse(batch.Items[i].Quantities) is not { } snapshot)
            {
                outcomes[i] = ReportOutcome.Refused;
                continue;
            }

            (Printer, PrinterAt) = (snapshot, batch.Items[i].ReceivedAt);
            Saw |= queue.Saw(snapshot.Status, PrinterAt);
            if (Next() is { } next)
                events.Add((i, batch.Items[i] with { Quantities = next }));
        }

        if (events.Count == 0)
            return Result(outcomes);
        ReportResult result;
        try
        {
            result = await device.Report(batch with { Items = [.. events.Select(item => item.Item)] }, CancellationToken.None);
        }
        catch
        {
            // It comes again, and is no duplicate of what was not stored.
            (_told, _toldAt, Printer) = (told, toldAt, printer);
            throw;
        }

        for (var i = 0; i < events.Count; i++)
            outcomes[events[i].Index] = result.Outcomes[i];
        if (result.Outcomes.Contains(ReportOutcome.Repeat))
            (_told, Printer) = (told, printer);
        return result.ErrorCode != 0 ? result with { Outcomes = [.. outcomes] } : Result(outcomes);
    }

    /// <summary>The queue changed: an event, if it shows. One that cannot be stored now is kept for <see cref="Flush"/>.</summary>
    public Task QueueChanged() => Tell();

    /// <summary>Tells what was kept.</summary>
    public Task Flush() => Tell();

    private async Task Tell()
    {
        var told = _told;
        if (Printer is null || Next() is not { } next)
            return;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var item = new ReportItem(PrintingProfile.Information, 0, now, now, Stamped: false, default, "-1.0"u8.ToArray(), next);
        try
        {
            var result = await device.Report(new ReportBatch(_edge, _epoch, [item]), CancellationToken.None);
            if (result.Outcomes[0] == ReportOutcome.Repeat)
                (_told, _kept) = (told, true);
        }
        catch (Exception)
        {
            // The store says why in its own log. The queue goes on without its event, which is tried again in a second.
            (_told, _kept) = (told, true);
        }
    }

    /// <summary>What is to be told now, without the outer braces; null for nothing.</summary>
    private ReadOnlyMemory<byte>? Next()
    {
        var next = Shown(Printer!);
        var change = SnapshotGate.Compare(_told, next);
        Moved = change != SnapshotChange.Values;
        _kept = change == SnapshotChange.Values && time.GetElapsedTime(_toldAt) < SnapshotGate.Interval;
        if (change == SnapshotChange.None || _kept)
            return null;
        _told = next;
        _toldAt = time.GetTimestamp();
        return HealthSlices.Inner(JsonSerializer.SerializeToUtf8Bytes(next, PrintingJson.Default.PrinterSnapshot));
    }

    private PrinterSnapshot Shown(PrinterSnapshot printer)
    {
        var entries = queue.ToEntries(printer);
        var status = Linked ? printer.Status.OperatingStatus : OperatingStatus.Offline;
        return printer with
        {
            Online = status != OperatingStatus.Offline,
            PrintQueue = entries,
            Status = printer.Status with
            {
                OperatingStatus = status,
                Alerts = queue.Alert is { } alert && !printer.Status.Alerts.Contains(alert) ? printer.Status.Alerts.Add(alert) : printer.Status.Alerts,
                CurrentJobId = queue.Turn.Length > 0 ? queue.Turn : null,
                CurrentOrder = entries.Length > 0 && entries[0].Order == 0 ? 0 : null,
            },
        };
    }

    private static PrinterSnapshot? Parse(ReadOnlyMemory<byte> inner) => PrintingSlices.Read(inner, PrintingJson.Default.PrinterSnapshot);

    private static ReportResult Result(ReportOutcome[] outcomes) => outcomes.Contains(ReportOutcome.Refused)
        ? new ReportResult([.. outcomes], GotapiErrors.InvalidRequestParameter.Code, "Not a printer's snapshot.")
        : new ReportResult([.. outcomes], 0, "");
}
