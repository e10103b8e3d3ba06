using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Jobs;

/// <summary>
/// The steps of a job whose printer fetches the content itself (printing-3dp 7, state delegated). The job is made first and prints nothing; only after
/// it was noted that it is started is the printer told where the content is, once. What a crash leaves between the two is found by the job's name.
/// </summary>
internal sealed partial class PrintJobRunner
{
    private async Task FetchOrDelegateAsync(PrintJob job, CancellationToken cancellationToken)
    {
        if (connector is IPullingConnector pulling && (job.Delegated || await PullsAsync(pulling, job, cancellationToken).ConfigureAwait(false)))
            await DelegateAsync(pulling, job, cancellationToken).ConfigureAwait(false);
        else
            await FetchAsync(job, cancellationToken).ConfigureAwait(false);
    }

    // A digest can only be compared by who has the file, and an address that the order does not vouch for is held against the edge's own rules.
    private async Task<bool> PullsAsync(IPullingConnector pulling, PrintJob job, CancellationToken cancellationToken)
    {
        if (job.Sha256.Length > 0 || book.Secrets(job) is not { } secrets
            || !job.Hosts.Contains($"{secrets.Uri.Host}:{secrets.Uri.Port}", StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        await OnlineAsync(cancellationToken).ConfigureAwait(false);
        return await pulling.PullsAsync(RequestOf(job, secrets), cancellationToken).ConfigureAwait(false);
    }

    private async Task DelegateAsync(IPullingConnector pulling, PrintJob job, CancellationToken cancellationToken)
    {
        if (job.StartedAt is not null)
        {
            // Told before the edge ended or the line broke, or never: a second time could be a second print.
            await OnlineAsync(cancellationToken).ConfigureAwait(false);
            await DelegatedAsync(job, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (book.Secrets(job) is not { } secrets)
        {
            await book.ReportAsync(job.JobId, PrintJobTrigger.TokenNeeded).ConfigureAwait(false);
            return;
        }

        var request = RequestOf(job, secrets);
        await OnlineAsync(cancellationToken).ConfigureAwait(false);
        job = book.Change(job.JobId, now => now with { Delegated = true });
        try
        {
            if (!await pulling.PrepareAsync(request, cancellationToken).ConfigureAwait(false))
            {
                await DelegatedAsync(job, cancellationToken).ConfigureAwait(false);
                return;
            }
        }
        catch (PrinterException e) when (e.Fault == PrinterFault.Busy)
        {
            await book.ReportAsync(job.JobId, PrintJobTrigger.PrinterBusy).ConfigureAwait(false);
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        job = book.Change(job.JobId, now => now with { StartedAt = time.GetUtcNow().ToUnixTimeMilliseconds() });
        try
        {
            // Once it is noted it is sent, as any start.
            await pulling.PullAsync(request, CancellationToken.None).ConfigureAwait(false);
        }
        catch (PrinterException e) when (e.Fault != PrinterFault.Unreachable)
        {
            await FailAsync(job, e.Code ?? PrintErrorCode.StartUnconfirmed, e.Message).ConfigureAwait(false);
            return;
        }

        await DelegatedAsync(job, cancellationToken).ConfigureAwait(false);
    }

    private async Task DelegatedAsync(PrintJob job, CancellationToken cancellationToken)
    {
        if (await connector.FindAsync(job.RemoteName, cancellationToken).ConfigureAwait(false) is { } found)
            await book.ReportAsync(job.JobId, PrintJobTrigger.Delegated, report => report with { RemoteJobId = found.Id }).ConfigureAwait(false);
        else
            await FailAsync(job, PrintErrorCode.Interrupted, "the printer knows nothing of the job").ConfigureAwait(false);
    }

    private async Task FollowAsync(PrintJob job, CancellationToken cancellationToken)
    {
        await OnlineAsync(cancellationToken).ConfigureAwait(false);
        var found = await connector.FindAsync(job.RemoteName, cancellationToken).ConfigureAwait(false);
        if (found is null)
            await FailAsync(job, PrintErrorCode.Interrupted, "the printer knows nothing of the job").ConfigureAwait(false);
        else if (found.State == RemoteJobState.Empty && ContentIsLate(job))
            await FailAsync(job, PrintErrorCode.StartUnconfirmed, "the printer never learned where its file is: order it again").ConfigureAwait(false);
        else if (found.State is RemoteJobState.Waiting or RemoteJobState.Empty)
            await PauseAsync(cancellationToken).ConfigureAwait(false);
        else
            await AdoptAsync(job, found).ConfigureAwait(false);
    }

    // By name, not by what is in hand: the printer may have it behind another job.
    private async Task CancelDelegatedAsync(PrintJob job, CancellationToken cancellationToken)
    {
        var left = TimeSpan.FromMilliseconds(job.CancelledAt!.Value - time.GetUtcNow().ToUnixTimeMilliseconds()) + CancelWithin;
        if (await SeenAsync(job, left, reading => reading.Status != OperatingStatus.Offline, cancellationToken).ConfigureAwait(false) is null)
        {
            await FailAsync(job, PrintErrorCode.CancelUnconfirmed, "the printer did not say that it stopped: look at it").ConfigureAwait(false);
            return;
        }

        var found = await connector.FindAsync(job.RemoteName, cancellationToken).ConfigureAwait(false);
        switch (found?.State)
        {
            case RemoteJobState.Completed:
                await AdoptAsync(job, found).ConfigureAwait(false);
                break;
            case null or RemoteJobState.Cancelled or RemoteJobState.Failed or RemoteJobState.Interrupted:
                await EndAsync(job, PrintJobTrigger.Cancelled).ConfigureAwait(false);
                break;
            default:
                await connector.CancelAsync(job.RemoteName, cancellationToken).ConfigureAwait(false);
                await PauseAsync(cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private bool ContentIsLate(PrintJob job) => connector is IPullingConnector pulling
        && time.GetUtcNow().ToUnixTimeMilliseconds() - (job.StartedAt ?? 0) > pulling.ContentWithin.TotalMilliseconds;

    private static PullRequest RequestOf(PrintJob job, JobSecrets secrets) => new(job.RemoteName, secrets.Uri, secrets.Token, job.FileType);
}
