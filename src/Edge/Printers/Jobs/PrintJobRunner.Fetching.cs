using Dwapi.Edge.Printers.Content;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Jobs;

// From the content server to the storage of the printer.
internal sealed partial class PrintJobRunner
{
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

    private static PrintErrorCode CodeOf(ContentFault fault) => fault switch
    {
        ContentFault.TokenRejected => PrintErrorCode.TokenRejected,
        ContentFault.TooLarge or ContentFault.DiskFull => PrintErrorCode.StorageFull,
        _ => PrintErrorCode.DownloadFailed,
    };
}
