using System.Text.Json;
using Dwapi.Edge.Printers.Jobs;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers;

/// <summary>One printer of a running edge: watches it, tells the host how it is, and runs its jobs.</summary>
internal sealed class PrinterStation : IAsyncDisposable
{
    private readonly LatestReading _readings = new();
    private readonly PrinterStationParts _parts;
    private readonly PrinterService _service;
    private readonly PrinterSnapshots _snapshots;
    private readonly PrintJobRunner _runner;
    private readonly IPrinterConnector _connector;
    private TaskCompletionSource<PrinterAttributes> _attributes = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _tellAnew;

    public PrinterStation(PrinterOptions options, IPrinterConnector connector, PrinterStationParts parts)
    {
        (_connector, _parts, _service) = (connector, parts, new PrinterService(options));
        _snapshots = new PrinterSnapshots(_service.ServiceId, () => parts.Slicer.Widen(connector.Capabilities), parts.Book, parts.Zone);
        var slicing = new SlicingStep(options, parts.Slicer, parts.Book, parts.Time, parts.Log);
        _runner = new PrintJobRunner(
            _service.ServiceId, connector, _readings, stop => _attributes.Task.WaitAsync(stop), parts.Book, parts.Download, slicing, parts.Time, parts.Log);
    }

    public string ServiceId => _service.ServiceId;

    /// <summary>What it is driven by, for commands of the host.</summary>
    public IPrinterConnector Connector => _connector;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _parts.Catalog.GetOrAdd(ServiceId, _ => _service);
        Announce();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] loops = [WatchAsync(stop.Token), TellAsync(stop.Token), _runner.RunAsync(stop.Token)];
        var first = await Task.WhenAny(loops).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
    }

    /// <summary>The host has just come: it hears how the printer is, even if nothing changed.</summary>
    public void TellAnew()
    {
        _tellAnew = true;
        _readings.Nudge();
    }

    public ValueTask DisposeAsync() => _connector.DisposeAsync();

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        await foreach (var reading in _connector.WatchStatusAsync(cancellationToken).ConfigureAwait(false))
        {
            var online = reading.Status != OperatingStatus.Offline;
            var turned = online != _service.Online;
            var described = online && (turned || !_attributes.Task.IsCompleted) && await DescribeAsync(cancellationToken).ConfigureAwait(false);
            if (turned || described)
            {
                lock (_service.Gate)
                    _service.Online = online;
                Announce();
            }

            if (turned)
                Log.PrinterOnline(_parts.Log, ServiceId, online ? "online" : "offline");

            _readings.Set(reading);
        }
    }

    private async Task<bool> DescribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (device, attributes) = await _connector.DescribeAsync(cancellationToken).ConfigureAwait(false);
            lock (_service.Gate)
                _service.Device = device;
            if (!_attributes.TrySetResult(attributes))
            {
                _attributes = new TaskCompletionSource<PrinterAttributes>(TaskCreationOptions.RunContinuationsAsynchronously);
                _attributes.SetResult(attributes);
            }

            return true;
        }
        catch (PrinterException e)
        {
            // It is there: a first description is asked for again with its next word, a newer one when it comes back.
            Log.PrinterFault(_parts.Log, ServiceId, e.Message);
            return false;
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        PrinterSnapshot? last = null;
        var at = 0L;
        while (true)
        {
            var (changed, turned, moved) = (_readings.Changed, _readings.Turned, _parts.Book.Changed(ServiceId));
            var from = _parts.Time.GetTimestamp();
            if (_tellAnew)
                (last, _tellAnew) = (null, false);
            var untold = false;
            if (_readings.Value is { } reading)
            {
                var attributes = _attributes.Task.IsCompletedSuccessfully ? await _attributes.Task.ConfigureAwait(false) : new();
                var snapshot = _snapshots.Make(reading, _parts.Slicer.Widen(attributes, _connector.Capabilities), _parts.Time.GetUtcNow());
                var change = SnapshotGate.Compare(last, snapshot);
                var since = last is null ? SnapshotGate.Interval : _parts.Time.GetElapsedTime(at);
                untold = change == SnapshotChange.Values && since < SnapshotGate.Interval;
                if (change != SnapshotChange.None && !untold)
                {
                    // What only was is of no use to a host that is away: it gets the present when it comes back.
                    if (change == SnapshotChange.State || _parts.IsLinkUp())
                        await _parts.AppendAsync(ServiceId, PrintingProfile.Information, JsonSerializer.SerializeToUtf8Bytes(snapshot, PrintingJson.Default.PrinterSnapshot)).ConfigureAwait(false);
                    (last, at) = (snapshot, _parts.Time.GetTimestamp());
                }

                from = change == SnapshotChange.None ? from : at;
            }

            // A state is looked at when it turns, values once a second: printers say them more often than anybody may hear them.
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var rest = Rest(SnapshotGate.Interval - _parts.Time.GetElapsedTime(from), stop.Token);
            await Task.WhenAny(turned, moved, untold ? rest : Task.WhenAll(changed.WaitAsync(stop.Token), rest)).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private Task Rest(TimeSpan time, CancellationToken cancellationToken) =>
        time > TimeSpan.Zero ? Task.Delay(time, _parts.Time, cancellationToken) : Task.CompletedTask;

    private void Announce()
    {
        lock (_service.Gate)
            _ = _parts.DescribeAsync(_service.Announcement());
        _parts.Catalog.Note(ServiceId);
    }
}
