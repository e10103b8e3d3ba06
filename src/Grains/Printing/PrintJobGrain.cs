using System.Collections.Immutable;
using System.Text.Json;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Settings;
using Dwapi.Grains.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dwapi.Grains.Printing;

/// <inheritdoc cref="IPrintJobGrain" />
internal sealed partial class PrintJobGrain : Grain, IPrintJobGrain
{
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(5);

    // How often an edge is told that a job was ended without it, before that waits for its next link.
    private const int LateTries = 60;

    private readonly IPersistentState<PrintJobData> _state;
    private readonly GatheredWrites<PrintJobData> _writes;
    private readonly PrintingOptions _options;
    private readonly ISecretBox _secrets;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _word = new(1);
    private string _tenant = "";
    private string _jobId = "";
    private PrintJob _job = null!;
    private JobTokens _tokens = null!;
    private PrintDays _days = null!;
    private ContentGrant? _grant;
    private bool _untold;
    private bool _ask;
    private int _late;
    private bool _going;
    private bool _again;
    private IGrainTimer? _retry;

    public PrintJobGrain(
        [PersistentState("printJob", StateStorage.Provider)] IPersistentState<PrintJobData> state,
        IOptions<PrintingOptions> options,
        ISecretBox secrets,
        TimeProvider time,
        ILogger<PrintJobGrain> logger)
    {
        _state = state;
        _writes = new GatheredWrites<PrintJobData>(state, DeactivateOnIdle);
        _options = options.Value;
        _secrets = secrets;
        _time = time;
        _logger = logger;
    }

    private PrintJobData Data => _state.State;

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private IPrinterGrain Printer => GrainFactory.GetGrain<IPrinterGrain>(TenantKey.Of(_tenant, Data.Request!.ServiceId));

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_tenant, _jobId) = TenantKey.Split(this.GetPrimaryKeyString());
        _job = new PrintJob(Data);
        _tokens = new JobTokens(Data, _secrets);
        _days = new PrintDays(GrainFactory, _options, _tenant, _jobId, Data);

        // Whether the printer heard of the last step before the process ended, nobody knows.
        _untold = Data.Request is not null && _job.State != PrintJobState.Accepted;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<PrintAnswer> Order(PrintRequest request)
    {
        if (Data.Request is null)
        {
            // Whom nobody can serve is not remembered.
            if (!Uri.TryCreate(request.Uri, UriKind.Absolute, out var content) || _options.FindServer(_tenant, request.ContentServerId, content) is null)
            {
                DeactivateOnIdle();
                return Refused(
                    GotapiErrors.InvalidRequestParameter,
                    "uri is no content of a known content server. GET contentserver lists them; an operator adds one at Printing:ContentServers.");
            }

            Data.Request = request with { SecureToken = request.SecureToken.IsEmpty ? default : _secrets.Seal(Text(request.SecureToken)) };
            Data.AddedAt = Now;
            await _writes.Write();
        }
        else if (!IsSame(Data.Request, request))
        {
            return Refused(GotapiErrors.InvalidRequestParameter, "This Idempotency-Key was used for another order. Use a new one.");
        }

        if (_job.State != PrintJobState.Accepted)
            return new PrintAnswer(0, "", _jobId, (await Printer.GetView()).Queue);
        var refusal = await _days.Take();
        var answer = refusal.Length == 0 ? await Printer.Enqueue(Change(), Data.Request) : Refused(GotapiErrors.IllegalServerState, refusal);
        if (answer.ErrorCode != 0)
        {
            // It may be ordered again with the same key.
            await _days.Return();
            await _writes.Clear();
            DeactivateOnIdle();
            return answer;
        }

        if (_job.Enqueue())
            await _writes.Write();
        return answer;
    }

    /// <inheritdoc />
    public async Task TakeTurn(long turn)
    {
        if (Data.Request is null)
        {
            DeactivateOnIdle();
            return;
        }

        if (_job.TakeTurn(turn))
        {
            await _writes.Write();
            _untold = true;
        }

        if (_untold || _job.State.HasEnded() || _job.State == PrintJobState.Queued)
            await Tell();
        _ = GoOn();
    }

    /// <inheritdoc />
    public async Task<ReportResult> Report(string serviceId, ReportBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outcomes = ImmutableArray.CreateBuilder<ReportOutcome>(batch.Items.Length);
        var known = Data.Request?.ServiceId == serviceId && await ReportingEdge() == batch.EdgeId;
        if (_untold)
            await Tell();
        foreach (var item in batch.Items)
        {
            var report = PrintingSlices.Read(item.Quantities, PrintingJson.Default.PrintJobReport);
            var fate = known && report?.JobId == _jobId ? _job.Report(report) : ReportFate.Refused;
            if (fate == ReportFate.Applied)
            {
                await _writes.Write();
                await Tell();
            }

            outcomes.Add(fate switch
            {
                ReportFate.Applied => ReportOutcome.Committed,
                ReportFate.Known => ReportOutcome.Duplicate,
                _ => ReportOutcome.Refused,
            });
        }

        if (Data.Request is null)
            DeactivateOnIdle();
        if (_job.State == PrintJobState.Authorizing)
            _grant = null;
        _ = GoOn();
        return outcomes.Contains(ReportOutcome.Refused)
            ? new ReportResult(
                outcomes.DrainToImmutable(),
                GotapiErrors.InvalidRequestParameter.Code,
                "The job is not known, a report before this one is missing, or its state does not allow this. Read its state, and go on from there.")
            : new ReportResult(outcomes.DrainToImmutable(), 0, "");
    }

    /// <inheritdoc />
    public Task<PrintAnswer> Cancel(string serviceId, string origin) => Stop(serviceId, origin, () => _job.Cancel(Now));

    /// <inheritdoc />
    public Task<PrintAnswer> Force(string serviceId) => Stop(serviceId, "", () => _job.Force(Now));

    private async Task<PrintAnswer> Stop(string serviceId, string origin, Func<bool> stop)
    {
        if (Data.Request is null || (serviceId.Length > 0 && Data.Request.ServiceId != serviceId))
            return Unknown();
        if (origin.Length > 0 && Data.Request.Origin != origin)
            return Refused(GotapiErrors.Authorization, "Another application ordered this job. Stop it there, or ask an operator.");
        if (_job.State.HasEnded())
            return Refused(GotapiErrors.IllegalDeviceState, "The job has ended.");
        if (stop())
            await _writes.Write();
        _untold = true;
        var answer = await Say();
        _untold = false;
        _ = GoOn();
        return answer;
    }

    /// <inheritdoc />
    public Task LinkUp()
    {
        if (Data.Request is null)
            DeactivateOnIdle();
        _late = 0;
        _ask |= _job.IsAtEdge;
        _ = GoOn();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task Forget()
    {
        if (Data.Request is not null && _job.State.HasEnded())
            await _writes.Clear();
        DeactivateOnIdle();
    }

    /// <inheritdoc />
    public async Task<PrintAnswer> Pause(string serviceId, bool pause)
    {
        if (Data.Request is null || Data.Request.ServiceId != serviceId)
            return Unknown();
        if (!_job.Command(pause ? PendingOperation.Pause : PendingOperation.Resume))
            return Refused(GotapiErrors.IllegalDeviceState, pause ? "Only a running print can be paused." : "Only a paused print can go on.");
        await _writes.Write();
        _ = GoOn();
        return new PrintAnswer(0, "", _jobId, (await Printer.GetView()).Queue);
    }

    private PrintChange Change() =>
        new(_jobId, JsonSerializer.SerializeToUtf8Bytes(_job.ToEntry(_jobId), PrintingJson.Default.PrintQueueEntry), Data.TouchedBed, Data.TurnNumber, IsOpen);

    /// <summary>It has ended, and its edge or its content server has still to hear of it.</summary>
    private bool IsOpen => _job.State.HasEnded() && (Data.Pending != PendingOperation.None || _days.AreToBeCharged(_job.Seconds) || _tokens.AreOver(Now));

    private PrintAnswer Unknown()
    {
        if (Data.Request is null)
            DeactivateOnIdle();
        return Refused(GotapiErrors.InvalidRequestParameter, "There is no such job of this printer.");
    }

    private PrintAnswer Refused(GotapiError error, string message) => new(error.Code, message, _jobId, default);

    private static bool IsSame(PrintRequest known, PrintRequest repeated) =>
        known with { SecureToken = default } == repeated with { SecureToken = default };

    private static string Text(ReadOnlyMemory<byte> utf8) => System.Text.Encoding.UTF8.GetString(utf8.Span);
}
