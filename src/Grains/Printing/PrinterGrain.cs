using System.Text.Json;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Settings;
using Dwapi.Grains.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dwapi.Grains.Printing;

/// <inheritdoc cref="IPrinterGrain" />
internal sealed class PrinterGrain : Grain, IPrinterGrain
{
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromSeconds(10);

    private readonly IPersistentState<PrinterData> _state;
    private readonly GatheredWrites<PrinterData> _writes;
    private readonly PrintingOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private string _tenant = "";
    private PrinterQueue _queue = null!;
    private SnapshotEvents _events = null!;
    private IGrainTimer? _watch;
    private IGrainTimer? _flush;

    public PrinterGrain(
        [PersistentState("printer", StateStorage.Provider)] IPersistentState<PrinterData> state,
        IOptions<PrintingOptions> options,
        TimeProvider time,
        ILogger<PrinterGrain> logger)
    {
        _state = state;
        _writes = new GatheredWrites<PrinterData>(state, DeactivateOnIdle);
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_tenant, _) = TenantKey.Split(this.GetPrimaryKeyString());
        _queue = new PrinterQueue(_state.State);
        var device = GrainFactory.GetGrain<IDeviceGrain>(this.GetPrimaryKeyString());
        _events = new SnapshotEvents(device, _queue, _time);
        _events.Load(await device.GetLatest(PrintingProfile.Information));
        if (_events.Printer is { } told)
            _queue.Recall(told.PrintQueue);
        if (_state.State.Jobs.Count > 0)
        {
            StartWatch();
            Nudge();
        }
    }

    /// <inheritdoc />
    public async Task<ReportResult> Report(ReportBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
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
        if (_queue.Find(job.JobId) is null)
        {
            var limits = _options.Of(_tenant);
            if (_state.State.Jobs.Count >= limits.JobsPerPrinter)
                return Refused(GotapiErrors.IllegalServerState, job.JobId, "The printer's queue is full (Printing:JobsPerPrinter). Order again later.");
            if (_state.State.Jobs.Count(other => other.Origin == request.Origin) >= limits.JobsPerApplication)
            {
                return Refused(
                    GotapiErrors.IllegalServerState,
                    job.JobId,
                    "This application has as many jobs here as it may (Printing:JobsPerApplication). Order again when one has ended.");
            }
        }

        var added = _queue.Add(new QueuedPrint
        {
            JobId = job.JobId,
            Origin = request.Origin,
            Entry = Entry(job) with { State = PrintJobState.Queued, Msg = PrintMessages.Started },
            Held = request.Hold || _options.Of(_tenant).Approval is true,
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
        if (_queue.Changed(Entry(job), job.TouchedBed, job.Turn, Now))
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
            PrinterArrangementKind.BedCleared => _queue.Clear(),
            PrinterArrangementKind.ClearsItself => _queue.SetClearsItself(arrangement.Number != 0),
            PrinterArrangementKind.Hold => _queue.Hold(arrangement.JobId, arrangement.Number != 0),
            PrinterArrangementKind.Move => _queue.Move(arrangement.JobId, arrangement.Number),
            _ => _queue.Prioritize(arrangement.JobId, arrangement.Number),
        };
        if (!done)
        {
            return arrangement.Kind == PrinterArrangementKind.BedCleared
                ? Refused(GotapiErrors.IllegalDeviceState, "", "A job has the printer. Confirm when it has ended.")
                : Refused(GotapiErrors.InvalidRequestParameter, arrangement.JobId, "No such job waits at this printer.");
        }

        await _writes.Write();
        await _events.QueueChanged();
        FlushLater();
        await GoOn();
        return Answer(arrangement.JobId);
    }

    /// <inheritdoc />
    public ValueTask<PrinterView> GetView() =>
        new(new PrinterView(Json(), _queue.Turn, _queue.BedCleared, _state.State.ClearsItself));

    /// <summary>Looks at the printer and gives the turn, durable before the job hears of it.</summary>
    private async Task GoOn()
    {
        var status = _events.Printer?.Status;
        var seen = (status is not null && _queue.Saw(status)) | _events.Saw;
        _events.Saw = false;
        var given = _queue.GiveTurn(Now, status);
        if (seen || given)
            await _writes.Write();
        if (given)
            Nudge();
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
            _ = NudgeQuietly(turn, _queue.TurnNumber);

        async Task NudgeQuietly(string jobId, long number)
        {
            try
            {
                await GrainFactory.GetGrain<IPrintJobGrain>(TenantKey.Of(_tenant, jobId)).TakeTurn(number);
            }
            catch (Exception exception)
            {
                Log.JobNotTold(_logger, exception, jobId);
            }
        }
    }

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
