using System.Text.Json;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Settings;
using Dwapi.Grains.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dwapi.Grains.Printing;

/// <inheritdoc cref="IPrinterGrain" />
internal sealed class PrinterGrain : Grain, IPrinterGrain
{
    private const int ForgottenAtOnce = 64;

    private static readonly TimeSpan WatchPeriod = TimeSpan.FromSeconds(10);

    private readonly IPersistentState<PrinterData> _state;
    private readonly GatheredWrites<PrinterData> _writes;
    private readonly GatheredWrites<EndedData> _endedWrites;
    private readonly IPersistentState<EndedData> _endedState;
    private readonly PrintingOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private string _tenant = "";
    private PrinterQueue _queue = null!;
    private EndedPrints _ended = null!;
    private SnapshotEvents _events = null!;
    private IGrainTimer? _watch;
    private IGrainTimer? _flush;
    private bool _forgetting;

    public PrinterGrain(
        [PersistentState("printer", StateStorage.Provider)] IPersistentState<PrinterData> state,
        [PersistentState("printerEnded", StateStorage.Provider)] IPersistentState<EndedData> ended,
        IOptions<PrintingOptions> options,
        TimeProvider time,
        ILogger<PrinterGrain> logger)
    {
        _state = state;
        _writes = new GatheredWrites<PrinterData>(state, DeactivateOnIdle);
        _endedState = ended;
        _endedWrites = new GatheredWrites<EndedData>(ended, DeactivateOnIdle);
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    private IDeviceGrain Device => GrainFactory.GetGrain<IDeviceGrain>(this.GetPrimaryKeyString());

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_tenant, _) = TenantKey.Split(this.GetPrimaryKeyString());
        _queue = new PrinterQueue(_state.State);
        _ended = new EndedPrints(_endedState.State, _options.KeepEndedJobs);
        _events = new SnapshotEvents(Device, _queue, _time);
        var latest = await Device.GetLatest(PrintingProfile.Information);
        _events.Load(latest);
        _events.Linked = await IsLinked(latest.Registration);
        if (_events.Printer is { } told)
        {
            _queue.Recall(told.PrintQueue);
        }

        if (_state.State.Jobs.Count > 0)
        {
            StartWatch();
            Nudge();
        }

        RemindEnded();
        _ = ForgetOld();
    }

    /// <inheritdoc />
    public async Task<ReportResult> Report(ReportBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var service = (await Device.GetLatest("")).Registration;
        if (service is not null && service.EdgeId != batch.EdgeId)
        {
            return new ReportResult(
                [.. batch.Items.Select(_ => ReportOutcome.Refused)], GotapiErrors.Authorization.Code, "Another edge has this printer. Only that one reports of it.");
        }

        // Whoever reports may have connected before this grain was told; what was on its way when the link went down does not bring it up.
        if (!_events.Linked)
            _events.Linked = await IsLinked(service);
        var result = await _events.Report(batch);
        FlushLater();
        await GoOn();

        // What could not be told while the link was down is told now.
        if (_events.Moved)
            Nudge();
        return result;
    }

    /// <inheritdoc />
    public async Task<PrintAnswer> Enqueue(PrintChange job, PrintRequest request)
    {
        var quotas = _options.QuotasOf(_tenant, request.Origin).ToList();
        if (_queue.Find(job.JobId) is null)
        {
            foreach (var quota in quotas)
            {
                if (PrintRules.QueueRefusal(quota, _state.State.Jobs, request.Origin) is { Length: > 0 } refusal)
                    return Refused(GotapiErrors.IllegalServerState, job.JobId, refusal);
            }
        }

        var added = _queue.Add(new QueuedPrint
        {
            JobId = job.JobId,
            Origin = request.Origin,
            Entry = Entry(job) with { State = PrintJobState.Queued, Msg = PrintMessages.Started },
            Held = request.Hold || quotas.Exists(quota => quota.Limits.Approval is true),
            Priority = request.Priority,
        });
        if (added)
            await _writes.Write();
        await _events.QueueChanged();
        FlushLater();
        StartWatch();

        // Not before its own write: the job does not count itself as queued yet.
        this.RegisterGrainTimer(_ => GoOn(), new() { DueTime = TimeSpan.Zero, Period = Timeout.InfiniteTimeSpan });
        return Answer(job.JobId);
    }

    /// <inheritdoc />
    public async Task<PrintAnswer> JobChanged(PrintChange job)
    {
        // Before it leaves the queue, so that it is in one of them at any time.
        var entry = Entry(job);
        if (entry.State!.Value.HasEnded() && _ended.Note(job.JobId, job.Open, Now))
            await _endedWrites.Write();
        if (_queue.Changed(entry, job.TouchedBed, job.Turn, Now))
            await _writes.Write();
        await _events.QueueChanged();
        FlushLater();
        await GoOn();
        return Answer(job.JobId);
    }

    /// <inheritdoc />
    public async Task<PrintAnswer> Arrange(PrinterArrangement arrangement)
    {
        var done = arrangement.Kind switch
        {
            PrinterArrangementKind.BedCleared => _queue.Clear(Now, _events.Linked ? _events.Printer?.Status : null),
            PrinterArrangementKind.ClearsItself => _queue.SetClearsItself(arrangement.Number != 0),
            PrinterArrangementKind.Hold => _queue.Hold(arrangement.JobId, arrangement.Number != 0),
            PrinterArrangementKind.Move => _queue.Move(arrangement.JobId, arrangement.Number),
            _ => _queue.Prioritize(arrangement.JobId, arrangement.Number),
        };
        if (!done)
        {
            return arrangement.Kind == PrinterArrangementKind.BedCleared
                ? Refused(GotapiErrors.IllegalDeviceState, "", "The printer prints. Confirm when that has ended.")
                : Refused(GotapiErrors.InvalidRequestParameter, arrangement.JobId, "No such job waits at this printer.");
        }

        await _writes.Write();
        await _events.QueueChanged();
        FlushLater();
        await GoOn();
        return Answer(arrangement.JobId);
    }

    /// <inheritdoc />
    public async Task LinkChanged()
    {
        _events.Linked = await IsLinked((await Device.GetLatest("")).Registration);
        await _events.Flush();
        FlushLater();
        if (_events.Linked)
            RemindEnded();
        if (_events.Linked && _queue.Turn is { Length: > 0 } turn)
            _ = TellQuietly(turn, static job => job.LinkUp());
    }

    /// <inheritdoc />
    public ValueTask<PrinterView> GetView() =>
        new(new PrinterView(Json(), _queue.Turn, _queue.BedCleared, _state.State.ClearsItself));

    /// <summary>Looks at the printer and gives the turn, durable before the job hears of it.</summary>
    private async Task GoOn()
    {
        var status = _events.Printer?.Status;
        var seen = (status is not null && _queue.Saw(status, _events.PrinterAt)) | _events.Saw;
        _events.Saw = false;
        var given = _queue.GiveTurn(Now, status);
        if (seen || given)
            await _writes.Write();
        if (given)
            Nudge();
        _ = ForgetOld();
    }

    private void RemindEnded()
    {
        foreach (var jobId in _ended.Open)
            _ = TellQuietly(jobId, static job => job.TakeTurn(0));
    }

    /// <summary>Forgets jobs that were kept long enough; not awaited, as a job calls this grain in its turn.</summary>
    private async Task ForgetOld()
    {
        if (_forgetting)
            return;
        _forgetting = true;
        try
        {
            string[] due;
            while ((due = [.. _ended.Due(Now).Take(ForgottenAtOnce)]).Length > 0)
            {
                await Task.WhenAll(due.Select(jobId => GrainFactory.GetGrain<IPrintJobGrain>(TenantKey.Of(_tenant, jobId)).Forget()));
                foreach (var jobId in due)
                    _ended.Remove(jobId);
                await _endedWrites.Write();
            }
        }
        catch (Exception exception)
        {
            Log.JobsNotForgotten(_logger, exception, this.GetPrimaryKeyString());
        }
        finally
        {
            _forgetting = false;
        }
    }

    private void StartWatch() =>
        _watch ??= this.RegisterGrainTimer(Watch, new() { DueTime = WatchPeriod, Period = WatchPeriod, KeepAlive = true });

    private async Task Watch(CancellationToken cancellationToken)
    {
        await GoOn();
        Nudge();
        if (_state.State.Jobs.Count == 0)
        {
            _watch?.Dispose();
            _watch = null;
        }
    }

    /// <summary>Not awaited: the job calls this grain in its turn.</summary>
    private void Nudge()
    {
        if (_queue.Turn is { Length: > 0 } turn)
        {
            var number = _queue.TurnNumber;
            _ = TellQuietly(turn, job => job.TakeTurn(number));
        }
    }

    private async Task TellQuietly(string jobId, Func<IPrintJobGrain, Task> tell)
    {
        try
        {
            await tell(GrainFactory.GetGrain<IPrintJobGrain>(TenantKey.Of(_tenant, jobId)));
        }
        catch (Exception exception)
        {
            Log.JobNotTold(_logger, exception, jobId);
        }
    }

    /// <summary>Whether the link of the printer's edge is up.</summary>
    private async Task<bool> IsLinked(ServiceRegistration? service) =>
        service is not null && (await GrainFactory.GetGrain<IEdgeGrain>(TenantKey.Of(_tenant, service.EdgeId)).GetStatus()).Connected;

    private void FlushLater()
    {
        if (_events.Due is not { } due)
            return;
        _flush?.Dispose();
        _flush = this.RegisterGrainTimer(
            async _ =>
            {
                await _events.Flush();
                FlushLater();
            },
            new() { DueTime = due, Period = Timeout.InfiniteTimeSpan });
    }

    private PrintAnswer Answer(string jobId) => new(0, "", jobId, Json());

    private byte[] Json() =>
        JsonSerializer.SerializeToUtf8Bytes(_queue.ToEntries(_events.Printer), PrintingJson.Default.ImmutableArrayPrintQueueEntry);

    private static PrintQueueEntry Entry(PrintChange job) => JsonSerializer.Deserialize(job.Entry.Span, PrintingJson.Default.PrintQueueEntry)!;

    private static PrintAnswer Refused(GotapiError error, string jobId, string message) => new(error.Code, message, jobId, default);
}
