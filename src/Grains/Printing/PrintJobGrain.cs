using System.Collections.Immutable;
using System.Text.Json;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Settings;
using Dwapi.Grains.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dwapi.Grains.Printing;

/// <inheritdoc cref="IPrintJobGrain" />
internal sealed class PrintJobGrain : Grain, IPrintJobGrain
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
        var answer = await Printer.JobChanged(Change());
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

    /// <summary>
    /// Does what is due outside: asks the content server, tells the edge. Nobody waits for it, one at a time; what does not succeed is tried
    /// again. A process that dies meanwhile leaves what is due in the state, and the printer's grain reminds the next activation.
    /// </summary>
    private async Task GoOn()
    {
        _again = true;
        if (_going)
            return;
        _going = true;
        try
        {
            while (_again)
            {
                _again = false;
                if (_untold)
                    await Tell();
                if (_job.Expire(Now, _options.CancelWithin))
                    await GivenUp();
                if (_job.State == PrintJobState.Authorizing)
                    await Authorize();
                if (_ask)
                    await AskEdge();
                if (Data.Pending != PendingOperation.None)
                    await TellEdge();
                if (_tokens.AreOver(Now))
                    await EndTokens();
                if (_days.AreToBeCharged(_job.Seconds))
                {
                    await _days.Charge(_job.Seconds!.Value);
                    await _writes.Write();
                    if (_job.State.HasEnded())
                        await Tell();
                }
            }
        }
        catch (Exception exception)
        {
            Log.JobStalled(_logger, exception, _jobId);
        }
        finally
        {
            _going = false;
            RetryLater();
        }
    }

    private async Task Authorize()
    {
        // What the job was refused with, before there is a new one.
        if (_tokens.AreOver(Now))
            await EndTokens();
        if (await Grant() is not { } grant)
            return;
        var authorized = _job.Authorize();
        if (authorized)
            _grant = grant;
        await _writes.Write();
        if (authorized)
            await Tell();
    }

    /// <summary>Leave to download; null when it is to be tried again or the job has failed.</summary>
    private async Task<ContentGrant?> Grant()
    {
        var request = Data.Request!;
        var server = _options.FindServer(_tenant, request.ContentServerId, new Uri(request.Uri));
        var token = request.SecureToken.IsEmpty ? "" : _secrets.Open(request.SecureToken.Span) ?? "";
        var grant = server is null
            ? new ContentGrant(GotapiErrors.Authorization.Code, "Its content server is no longer configured (Printing:ContentServers).", "", "", false, [])
            : await GrainFactory.GetGrain<IContentServerGrain>(TenantKey.Of(_tenant, server.Id))
                .Issue(new ContentRequest(_jobId, request.ServiceId, request.Uri, token, (await Service())?.Device ?? default));
        if (grant.ErrorCode == 0)
        {
            // Also when the job was stopped meanwhile: then it is ended at once.
            if (_tokens.Keep(grant.SecureToken))
                await _writes.Write();
            return grant;
        }

        if (grant.ErrorCode == GotapiErrors.Authorization.Code)
            await Fail(PrintErrorCode.TokenRejected, grant.ErrorMessage);
        return null;
    }

    /// <summary>An edge that lost its jobs answers that it has none; one that knows less than it reported has an old copy of them.</summary>
    private async Task AskEdge()
    {
        if (!_job.IsAtEdge || Data.Pending is PendingOperation.Order or PendingOperation.Cancel)
        {
            // Those are told with all that the edge must know.
            _ask = false;
            return;
        }

        if (await Service() is not { } service)
            return;
        var reported = Data.Reported;

        // Back before the call: a link that comes up meanwhile wants an answer of its own, for this one may be of the edge before it lost its jobs.
        _ask = false;
        var answered = false;
        PluginAnswer answer;
        try
        {
            answer = await GrainFactory.GetGrain<IEdgeGrain>(TenantKey.Of(_tenant, service.EdgeId))
                .Call(PrintJobCalls.Ask(_jobId, Data), CancellationToken.None);
            answered = answer.ErrorCode == 0 || PrintJobCalls.IsFinal(answer.ErrorCode);
        }
        finally
        {
            _ask |= !answered;
        }

        if (answer.ErrorCode != 0 || PrintingSlices.Read(answer.Body, PrintingJson.Default.PrintJobAnswer) is not { } has
            || (has.Job is null ? has.Known && reported == 0 : has.Job.Number >= reported) || !_job.OrderAgain())
        {
            return;
        }

        Log.JobLost(_logger, service.EdgeId, _jobId);
        await _writes.Write();
    }

    private async Task TellEdge()
    {
        var (operation, number) = (Data.Pending, Data.Operations);
        if (operation == PendingOperation.Order && _grant is null)
        {
            // Only what is to be fetched needs leave.
            _grant = _job.State == PrintJobState.Fetching ? await Grant() : new ContentGrant(0, "", Data.Request!.Uri, "", TokenInUrl: false, []);
            if (_grant is null)
                return;
        }

        _late += _job.State.HasEnded() ? 1 : 0;
        if (await Service() is not { } service || Data.Operations != number)
            return;
        if (operation == PendingOperation.Order && Data.EdgeId != service.EdgeId)
        {
            // Before the edge hears of it and reports.
            Data.EdgeId = service.EdgeId;
            await _writes.Write();
        }

        var answer = await GrainFactory.GetGrain<IEdgeGrain>(TenantKey.Of(_tenant, service.EdgeId))
            .Call(PrintJobCalls.Of(operation, $"{_jobId}:{number}", _jobId, Data, _grant), CancellationToken.None);
        if (Data.Operations != number || Data.Pending == PendingOperation.None)
        {
            // Something newer is to be told, or a report has answered.
            _again = true;
        }
        else if (answer.ErrorCode == 0 || (PrintJobCalls.IsFinal(answer.ErrorCode) && operation is PendingOperation.Pause or PendingOperation.Resume))
        {
            if (_job.Told(number))
            {
                await _writes.Write();
                if (_job.State.HasEnded())
                    await Tell();
            }
        }
        else if (operation == PendingOperation.Order && PrintJobCalls.IsFinal(answer.ErrorCode))
        {
            await Fail(PrintErrorCode.Unknown, answer.ErrorMessage.Length > 0 ? answer.ErrorMessage : GotapiErrors.Of(answer.ErrorCode).Message);
        }
    }

    private async Task<ServiceRegistration?> Service() =>
        (await GrainFactory.GetGrain<IDeviceGrain>(TenantKey.Of(_tenant, Data.Request!.ServiceId)).GetLatest("")).Registration;

    /// <summary>The only edge whose reports count.</summary>
    private async Task<string?> ReportingEdge() => Data.EdgeId.Length > 0 ? Data.EdgeId : (await Service())?.EdgeId;

    private async Task Fail(PrintErrorCode code, string message)
    {
        if (!_job.Refuse(new PrintError(code, message), Now))
            return;
        Log.JobFailed(_logger, _jobId, code);
        await _writes.Write();
        await Tell();
    }

    private async Task GivenUp()
    {
        Log.JobFailed(_logger, _jobId, PrintErrorCode.CancelUnconfirmed);
        await _writes.Write();
        await Tell();
    }

    /// <summary>The token of a job that has ended is worth nothing any more.</summary>
    private async Task EndTokens()
    {
        var server = _options.FindServer(_tenant, Data.Request!.ContentServerId, new Uri(Data.Request.Uri));
        var ended = await _tokens.End(token => server is null
            ? Task.FromResult(true)
            : GrainFactory.GetGrain<IContentServerGrain>(TenantKey.Of(_tenant, server.Id)).End(token));
        if (!ended)
            return;
        await _writes.Write();
        if (_job.State.HasEnded())
            await Tell();
    }

    private async Task Tell()
    {
        _untold = true;
        try
        {
            await Printer.JobChanged(Change());
            _untold = false;
        }
        catch (Exception exception)
        {
            Log.PrinterNotTold(_logger, exception, _jobId);
        }
    }

    private void RetryLater()
    {
        var due = _untold || _ask || _days.AreToBeCharged(_job.Seconds) || _tokens.AreOver(Now) || _job.State is PrintJobState.Authorizing or PrintJobState.Cancelling
            || (Data.Pending != PendingOperation.None && (!_job.State.HasEnded() || _late < LateTries));
        if (due && _retry is null)
        {
            _retry = this.RegisterGrainTimer(
                cancellationToken =>
                {
                    _ = GoOn();
                    return Task.CompletedTask;
                },
                new() { DueTime = RetryPeriod, Period = RetryPeriod, KeepAlive = true });
        }
        else if (!due)
        {
            _retry?.Dispose();
            _retry = null;
        }
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
