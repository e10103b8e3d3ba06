using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;

namespace Dwapi.Grains.Printing;

// What is due outside: at the content server, the edge, the printer's queue and the quotas.
internal sealed partial class PrintJobGrain
{
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
            await Say();
            _untold = false;
        }
        catch (Exception exception)
        {
            Log.PrinterNotTold(_logger, exception, _jobId);
        }
    }

    // One word at a time, so that none of an old state comes after that of a newer one.
    private async Task<PrintAnswer> Say()
    {
        await _word.WaitAsync();
        try
        {
            return await Printer.JobChanged(Change());
        }
        finally
        {
            _word.Release();
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
}
