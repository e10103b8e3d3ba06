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

    private async Task FetchAsync(PrintJob job, CancellationToken cancellationToken)
    {
        if (book.Secrets(job) is not { } secrets)
        {
            await book.ReportAsync(job.JobId, PrintJobTrigger.TokenNeeded).ConfigureAwait(false);
            return;
        }

        ContentProgress? progress = null;
        try
        {
            var request = new ContentRequest
            {
                Uri = secrets.Uri,
                Token = secrets.Token,
                Printer = serviceId,
                Hosts = job.Hosts,
                Path = book.DownloadOf(job.JobId),
                ETag = job.ETag,
                MaxBytes = job.MaxBytes,
            };
            var fetching = download.RunAsync(request, made => Note(job, ref progress, made), cancellationToken);
            while (await Task.WhenAny(fetching, Task.Delay(ProgressEvery, time, cancellationToken)).ConfigureAwait(false) != fetching
                && !cancellationToken.IsCancellationRequested)
            {
                if (progress is { } made)
                    await book.ReportAsync(job.JobId, PrintJobTrigger.Progress, report => report with { Bytes = made.Bytes, Size = made.Size }).ConfigureAwait(false);
            }

            var whole = await fetching.ConfigureAwait(false);
            book.Change(job.JobId, now => now with { Size = whole.Size, StatedDigest = whole.Digest ?? now.StatedDigest });
            await book.ReportAsync(job.JobId, PrintJobTrigger.Fetched, report => report with { Bytes = whole.Bytes }).ConfigureAwait(false);
        }
        catch (ContentException e) when (e.Fault == ContentFault.TokenRejected && job is { NeedsToken: true, TokenAsked: false })
        {
            book.Forget(job.JobId);
            book.Change(job.JobId, now => now with { TokenAsked = true });
            await book.ReportAsync(job.JobId, PrintJobTrigger.TokenNeeded).ConfigureAwait(false);
        }
        catch (ContentException e)
        {
            await FailAsync(job, CodeOf(e.Fault), e.Message).ConfigureAwait(false);
        }
    }

    // The tag is kept before the first byte: what is on the disk without it cannot be gone on with.
    private void Note(PrintJob job, ref ContentProgress? progress, ContentProgress made)
    {
        if (progress is null || progress.ETag != made.ETag || progress.Digest != made.Digest)
            book.Change(job.JobId, now => now with { ETag = made.ETag, Size = made.Size, StatedDigest = made.Digest });
        progress = made;
    }

    private async Task VerifyAsync(PrintJob job, CancellationToken cancellationToken)
    {
        var path = book.DownloadOf(job.JobId);
        if (!File.Exists(path))
        {
            await FailAsync(job, PrintErrorCode.DownloadFailed, "the file is gone from the disk of the edge").ConfigureAwait(false);
            return;
        }

        var digest = await PrintableFile.DigestAsync(path, cancellationToken).ConfigureAwait(false);
        bool Differs(string? wanted) => wanted is { Length: > 0 } && !wanted.Equals(digest, StringComparison.OrdinalIgnoreCase);

        if (Differs(job.Sha256) || Differs(job.StatedDigest))
        {
            if (job.Refetched)
            {
                await FailAsync(job, PrintErrorCode.DigestMismatch, "the file is not the one that was ordered, twice").ConfigureAwait(false);
                return;
            }

            File.Delete(path);
            book.Change(job.JobId, now => now with { Refetched = true, ETag = null, StatedDigest = null });
            await book.ReportAsync(job.JobId, PrintJobTrigger.Mismatched).ConfigureAwait(false);
            return;
        }

        var printer = await attributes(cancellationToken).ConfigureAwait(false);
        if (await slicing.LookAsync(job, path, printer, cancellationToken).ConfigureAwait(false) is { } error)
        {
            await FailAsync(job, error.Code, error.Message).ConfigureAwait(false);
            return;
        }

        book.Change(job.JobId, now => now with { Digest = digest, Size = new FileInfo(path).Length });
        await book.ReportAsync(job.JobId, SlicingStep.IsToBeSliced(path, printer) ? PrintJobTrigger.Verified : PrintJobTrigger.VerifiedPrintable).ConfigureAwait(false);
    }

    private async Task SliceAsync(PrintJob job, CancellationToken cancellationToken)
    {
        var printer = await attributes(cancellationToken).ConfigureAwait(false);
        if (await slicing.RunAsync(job, printer, cancellationToken).ConfigureAwait(false) is { } error)
            await FailAsync(job, error.Code, error.Message).ConfigureAwait(false);
    }

    private async Task UploadAsync(PrintJob job, CancellationToken cancellationToken)
    {
        await OnlineAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!await connector.HasAsync(job.RemoteName, job.Size!.Value, cancellationToken).ConfigureAwait(false))
            {
                await connector.StoreAsync(FileOf(job), cancellationToken).ConfigureAwait(false);
            }

            var reading = await connector.GetStatusAsync(cancellationToken).ConfigureAwait(false);
            var busy = reading.Occupied && reading.FileName != job.RemoteName;
            await book.ReportAsync(job.JobId, busy ? PrintJobTrigger.PrinterBusy : PrintJobTrigger.Uploaded).ConfigureAwait(false);
        }
        catch (PrinterException e) when (e.Fault == PrinterFault.Busy)
        {
            await book.ReportAsync(job.JobId, PrintJobTrigger.PrinterBusy).ConfigureAwait(false);
        }
        catch (PrinterException e) when (e.Fault == PrinterFault.NotTaken)
        {
            await FailAsync(job, e.Code ?? PrintErrorCode.StorageFull, e.Message).ConfigureAwait(false);
        }
    }

    private async Task StartAsync(PrintJob job, CancellationToken cancellationToken)
    {
        if (job.StartedAt is not null)
        {
            // Told before the edge ended, or never: a second start could be a second print.
            await ReconcileAsync(job, cancellationToken).ConfigureAwait(false);
            return;
        }

        await OnlineAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        job = book.Change(job.JobId, now => now with { StartedAt = time.GetUtcNow().ToUnixTimeMilliseconds() });
        try
        {
            // Once it is noted it is sent: an edge that is told to stop in between would leave a job that nobody started and nobody may start.
            await connector.StartAsync(FileOf(job), CancellationToken.None).ConfigureAwait(false);
        }
        catch (PrinterException e)
        {
            await FailAsync(job, e.Code ?? PrintErrorCode.StartUnconfirmed, $"the printer did not start: {e.Message}").ConfigureAwait(false);
            return;
        }

        if (await SeenAsync(job, StartWithin, reading => reading.FileName == job.RemoteName && reading.Status != OperatingStatus.Offline, cancellationToken)
            .ConfigureAwait(false) is not null)
        {
            await book.ReportAsync(job.JobId, PrintJobTrigger.Started).ConfigureAwait(false);
            return;
        }

        if (await connector.FindAsync(job.RemoteName, cancellationToken).ConfigureAwait(false) is { } found)
            await AdoptAsync(job, found).ConfigureAwait(false);
        else
            await FailAsync(job, PrintErrorCode.StartUnconfirmed, $"the printer did not begin within {StartWithin.TotalSeconds:0} s").ConfigureAwait(false);
    }

    private async Task WatchAsync(PrintJob job, CancellationToken cancellationToken)
    {
        var attention = job.Last?.Attention ?? false;
        var reading = await readings.UntilAsync(
            now => !InHand(job, now) || IsPaused(now) != (job.State == PrintJobState.Paused) || (now.Status == OperatingStatus.Attention) != attention,
            cancellationToken).ConfigureAwait(false);
        if (reading.Status == OperatingStatus.Offline)
            await book.ReportAsync(job.JobId, PrintJobTrigger.Lost).ConfigureAwait(false);
        else if (!InHand(job, reading))
        {
            await SettleAsync(job, cancellationToken).ConfigureAwait(false);
        }
        else
            await TellAsync(job, IsPaused(reading), reading.Status == OperatingStatus.Attention).ConfigureAwait(false);
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(readings.Changed, Task.Delay(ProgressEvery, time, cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private Task TellAsync(PrintJob job, bool paused, bool attention)
    {
        var trigger = paused == (job.State == PrintJobState.Paused) ? PrintJobTrigger.Progress : paused ? PrintJobTrigger.Paused : PrintJobTrigger.Resumed;
        return book.ReportAsync(job.JobId, trigger, report => report with { Attention = attention });
    }

    private async Task ReconcileAsync(PrintJob job, CancellationToken cancellationToken)
    {
        await OnlineAsync(cancellationToken).ConfigureAwait(false);
        await SettleAsync(job, cancellationToken).ConfigureAwait(false);
    }

    private async Task SettleAsync(PrintJob job, CancellationToken cancellationToken)
    {
        if (await connector.FindAsync(job.RemoteName, cancellationToken).ConfigureAwait(false) is { } found)
            await AdoptAsync(job, found).ConfigureAwait(false);
        else
            await FailAsync(job, PrintErrorCode.Interrupted, "the printer knows nothing of the print").ConfigureAwait(false);
        if (book.Find(job.JobId)?.State == job.State)
        {
            // The printer's answer was newer than what it had told before, or the job has not begun: that comes.
            await PauseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AdoptAsync(PrintJob job, RemoteJob found)
    {
        PrintJobReport WithId(PrintJobReport report) => report with { RemoteJobId = found.Id };

        switch (found.State)
        {
            case RemoteJobState.Printing when job.State == PrintJobState.Paused:
                await book.ReportAsync(job.JobId, PrintJobTrigger.Resumed, WithId).ConfigureAwait(false);
                break;
            case RemoteJobState.Printing:
                await book.ReportAsync(job.JobId, PrintJobTrigger.Started, WithId).ConfigureAwait(false);
                break;
            case RemoteJobState.Paused:
                // A job that was only being started has begun, and is paused by now.
                if (job.State is PrintJobState.Starting or PrintJobState.Delegated)
                    await book.ReportAsync(job.JobId, PrintJobTrigger.Started, WithId).ConfigureAwait(false);
                await book.ReportAsync(job.JobId, PrintJobTrigger.Paused, WithId).ConfigureAwait(false);
                break;
            case RemoteJobState.Completed:
                if (job.State is PrintJobState.Starting or PrintJobState.Delegated)
                    await book.ReportAsync(job.JobId, PrintJobTrigger.Started, WithId).ConfigureAwait(false);
                await EndAsync(job, PrintJobTrigger.Completed, WithId).ConfigureAwait(false);
                break;
            case RemoteJobState.Cancelled:
                await EndAsync(job, PrintJobTrigger.Cancelled, WithId).ConfigureAwait(false);
                break;
            case RemoteJobState.Failed:
                var thermal = readings.Value?.Troubles.Any(trouble => trouble.Code is AlertCode.HeaterFault or AlertCode.ThermalRunaway) == true;
                await FailAsync(job, found.Error ?? (thermal ? PrintErrorCode.Thermal : PrintErrorCode.FirmwareError), found.Message).ConfigureAwait(false);
                break;
            case RemoteJobState.Waiting or RemoteJobState.Empty:
                // It is there and has not begun: nothing to tell yet.
                break;
            default:
                await FailAsync(job, PrintErrorCode.Interrupted, $"the print was cut off: {found.Message}").ConfigureAwait(false);
                break;
        }
    }

    private async Task CancelAsync(PrintJob job, CancellationToken cancellationToken)
    {
        if (job.StartedAt is not null || job.Recovered)
        {
            var left = TimeSpan.FromMilliseconds(job.CancelledAt!.Value - time.GetUtcNow().ToUnixTimeMilliseconds()) + CancelWithin;
            var reading = await SeenAsync(job, left, now => now.Status != OperatingStatus.Offline, cancellationToken).ConfigureAwait(false);

            // Of a job that never came, or was lost before its name was told, the printer may know the name.
            if (reading?.FileName is { } name && job.Recovered && name.Contains(job.JobId, StringComparison.Ordinal))
                job = book.Change(job.JobId, now => now with { RemoteName = name });

            // A start that is still on its way comes before the end.
            var startLeft = TimeSpan.FromMilliseconds((job.StartedAt ?? 0) - time.GetUtcNow().ToUnixTimeMilliseconds()) + StartWithin;
            if (reading is not null && reading.FileName != job.RemoteName && startLeft > TimeSpan.Zero)
                reading = await SeenAsync(job, startLeft, now => now.FileName == job.RemoteName, cancellationToken).ConfigureAwait(false) ?? readings.Value;
            if (reading is not null && InHand(job, reading))
            {
                await connector.CancelAsync(job.RemoteName, cancellationToken).ConfigureAwait(false);
                reading = await SeenAsync(job, left, now => !InHand(job, now) && now.Status != OperatingStatus.Offline, cancellationToken).ConfigureAwait(false);
            }

            if (reading is null)
            {
                await FailAsync(job, PrintErrorCode.CancelUnconfirmed, "the printer did not say that it stopped: look at it").ConfigureAwait(false);
                return;
            }

            if (await connector.FindAsync(job.RemoteName, cancellationToken).ConfigureAwait(false) is { State: RemoteJobState.Completed } found)
            {
                await AdoptAsync(job, found).ConfigureAwait(false);
                return;
            }
        }

        await EndAsync(job, PrintJobTrigger.Cancelled).ConfigureAwait(false);
    }

    private PrintFile FileOf(PrintJob job) => new(book.FileOf(job), job.RemoteName, job.Size!.Value, job.Digest!);

    private static bool InHand(PrintJob job, PrinterReading reading) => reading.Occupied && reading.FileName == job.RemoteName;

    private static bool IsPaused(PrinterReading reading) => reading.Status is OperatingStatus.Paused or OperatingStatus.Attention;

    private static PrintErrorCode CodeOf(ContentFault fault) => fault switch
    {
        ContentFault.TokenRejected => PrintErrorCode.TokenRejected,
        ContentFault.TooLarge or ContentFault.DiskFull => PrintErrorCode.StorageFull,
        _ => PrintErrorCode.DownloadFailed,
    };

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
