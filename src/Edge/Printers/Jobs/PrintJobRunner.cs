using Dwapi.Edge.Printers.Content;
using Dwapi.Gotapi.Printing;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Printers.Jobs;

/// <summary>
/// Runs the jobs of one printer, one after the other, from fetching to the end. Each step begins with what the job file says, so that a step that
/// was cut off is taken up again by the rules of printing-3dp 7; a start is sent once in the life of a job.
/// </summary>
internal sealed partial class PrintJobRunner(
    string serviceId, IPrinterConnector connector, LatestReading readings, Func<CancellationToken, Task<PrinterAttributes>> attributes,
    PrintJobBook book, ContentDownload download, SlicingStep slicing, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CancelWithin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(1);

    private bool _adopted;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await book.ResendAsync(serviceId).ConfigureAwait(false);
        while (true)
        {
            var changed = book.Changed(serviceId);
            if (book.Current(serviceId) is { Reported: false })
                await book.ResendAsync(serviceId).ConfigureAwait(false);
            if (book.Current(serviceId) is { } job)
                await StepAsync(job, cancellationToken).ConfigureAwait(false);
            else
                await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // A step ends early when its job moves otherwise: it was cancelled.
    private async Task StepAsync(PrintJob job, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var moved = MovedAsync(job, stop.Token);
        var step = RunStepAsync(job, stop.Token);
        if (await Task.WhenAny(step, moved).ConfigureAwait(false) == moved)
            await stop.CancelAsync().ConfigureAwait(false);
        try
        {
            await step.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is PrinterException { Fault: PrinterFault.Unreachable }
            || (e is PrinterException or IOException && book.Find(job.JobId)?.StartedAt is not null))
        {
            // Nothing is known, or a print goes on whatever the answer: nothing is decided, the step begins anew with the printer's next word.
            Log.PrinterFault(log, serviceId, e.Message);
            await PauseAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await FailAsync(job, PrintErrorCode.StorageFull, $"the disk of the edge: {e.Message}").ConfigureAwait(false);
        }
        catch (PrinterException e)
        {
            await FailAsync(job, e.Code ?? PrintErrorCode.UploadFailed, e.Message).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await moved.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task MovedAsync(PrintJob job, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = book.Changed(serviceId);
            if (job.State != PrintJobState.Cancelling && book.Find(job.JobId)?.State == PrintJobState.Cancelling)
                return;
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private Task RunStepAsync(PrintJob job, CancellationToken cancellationToken)
    {
        var adopted = _adopted;
        _adopted = true;
        return job.State switch
        {
            PrintJobState.Fetching or PrintJobState.Verifying or PrintJobState.Slicing or PrintJobState.Uploading
                when job is { Recovered: true, StartedAt: null } => RecoverAsync(job, cancellationToken),
            PrintJobState.Fetching => FetchOrDelegateAsync(job, cancellationToken),
            PrintJobState.Delegated => FollowAsync(job, cancellationToken),
            PrintJobState.Verifying => VerifyAsync(job, cancellationToken),
            PrintJobState.Slicing => SliceAsync(job, cancellationToken),
            PrintJobState.Uploading => UploadAsync(job, cancellationToken),
            PrintJobState.Starting => StartAsync(job, cancellationToken),

            // The edge was away in mid print: what became of it is to be seen.
            PrintJobState.Printing or PrintJobState.Paused when !adopted => book.ReportAsync(job.JobId, PrintJobTrigger.Lost),
            PrintJobState.Printing or PrintJobState.Paused => WatchAsync(job, cancellationToken),
            PrintJobState.Unknown => ReconcileAsync(job, cancellationToken),
            _ when job is { Delegated: true, StartedAt: not null } => CancelDelegatedAsync(job, cancellationToken),
            _ => CancelAsync(job, cancellationToken),
        };
    }

    // The job is new, or was lost here before its start, as far as the host knows; its reports may be lost too. What the printer has of it decides.
    private async Task RecoverAsync(PrintJob job, CancellationToken cancellationToken)
    {
        await OnlineAsync(cancellationToken).ConfigureAwait(false);
        if (await connector.FindAsync(job.RemoteName, cancellationToken).ConfigureAwait(false) is null)
        {
            if (job.State == PrintJobState.Fetching && job.Again && !connector.KeepsHistory)
                await FailAsync(job, PrintErrorCode.Interrupted, "the edge lost the job, and the printer does not remember what it printed: look at it, and order it again").ConfigureAwait(false);
            else if (job.State == PrintJobState.Fetching)
                book.Change(job.JobId, now => now with { Recovered = false });
            else
                await FailAsync(job, PrintErrorCode.Interrupted, "the edge lost its file, and the printer knows nothing of the print").ConfigureAwait(false);
            return;
        }

        if (job.State == PrintJobState.Fetching && connector is IPullingConnector)
        {
            // The printer has the job, which it was told to fetch: it is followed, and given up when it never learned from where.
            book.Change(job.JobId, now => now with { Recovered = false, Delegated = true, StartedAt = time.GetUtcNow().ToUnixTimeMilliseconds() });
            return;
        }

        // It was started, so all this was done; from here on it is settled as after any restart.
        book.Change(job.JobId, now => now with { StartedAt = time.GetUtcNow().ToUnixTimeMilliseconds() });
        PrintJobTrigger[] done = [PrintJobTrigger.Fetched, PrintJobTrigger.VerifiedPrintable, PrintJobTrigger.Sliced, PrintJobTrigger.Uploaded];
        foreach (var trigger in done)
            await book.ReportAsync(job.JobId, trigger).ConfigureAwait(false);
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(readings.Changed, Task.Delay(ProgressEvery, time, cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private PrintFile FileOf(PrintJob job) => new(book.FileOf(job), job.RemoteName, job.Size!.Value, job.Digest!);

    private Task<PrinterReading> OnlineAsync(CancellationToken cancellationToken) =>
        readings.UntilAsync(reading => reading.Status != OperatingStatus.Offline, cancellationToken);

    private async Task<PrinterReading?> SeenAsync(PrintJob job, TimeSpan within, Func<PrinterReading, bool> wanted, CancellationToken cancellationToken)
    {
        if (within <= TimeSpan.Zero)
            return null;
        using var limit = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await readings.UntilAsync(wanted, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private Task FailAsync(PrintJob job, PrintErrorCode code, string message) => EndAsync(
        job, PrintJobTrigger.Failed, report => report with { Error = new PrintError(code, Short(message)) });

    // What we put on the printer we take away again; a printer that does not let us keeps it.
    private async Task EndAsync(PrintJob job, PrintJobTrigger trigger, Func<PrintJobReport, PrintJobReport>? more = null)
    {
        try
        {
            job = book.Find(job.JobId) ?? job;
            if ((job.Digest is not null || job.Delegated || job.Recovered) && readings.Value is { Status: not OperatingStatus.Offline })
                await connector.RemoveAsync(job.RemoteName, CancellationToken.None).ConfigureAwait(false);
        }
        catch (PrinterException)
        {
        }

        await book.ReportAsync(job.JobId, trigger, more).ConfigureAwait(false);
    }

    private static string Short(string message)
    {
        const int longest = 500;
        var line = message.ReplaceLineEndings(" ").Trim();
        return line.Length <= longest ? line : line[..longest];
    }
}
