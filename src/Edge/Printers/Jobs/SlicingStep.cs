using System.Threading.Channels;
using Dwapi.Edge.Gcode;
using Dwapi.Edge.Printers.Content;
using Dwapi.Edge.Printers.Slicing;
using Dwapi.Gotapi.Printing;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Printers.Jobs;

/// <summary>What a printer's files go through before the upload: the look at G-code, and for a model the slicer and then the same look.</summary>
internal sealed class SlicingStep(PrinterOptions options, Slicer slicer, PrintJobBook book, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(1);

    /// <summary>Whether a file is a model that the printer does not take as it is: there is another step for it.</summary>
    public static bool IsToBeSliced(string path, PrinterAttributes printer) =>
        FileKinds.Of(path) is var kind && kind.IsModel() && MediaTypes.For(kind.Extension(), printer.FileTypes) is null;

    /// <summary>What stands in the way of a model or of G-code; null if nothing does.</summary>
    public async Task<PrintError?> LookAsync(PrintJob job, string path, PrinterAttributes printer, CancellationToken cancellationToken)
    {
        if (IsToBeSliced(path, printer))
            return slicer.Obstacle(options.Id, job.Slicer);
        if (FileKinds.Of(path).IsModel())
            return null;
        var (error, unseen) = await PrintableFile.CheckAsync(path, PrintableFile.Limits(printer, options), cancellationToken).ConfigureAwait(false);
        if (error is null && unseen.Count > 0)
            Log.GcodeUnseen(log, job.JobId, string.Join(", ", unseen));
        return error;
    }

    /// <summary>Slices the download of a job and reports it; one that was cut off is sliced again from the beginning.</summary>
    /// <returns>Why there is no G-code for this printer; null if there is.</returns>
    public async Task<PrintError?> RunAsync(PrintJob job, PrinterAttributes printer, CancellationToken cancellationToken)
    {
        var output = book.SlicedOf(job.JobId);
        var order = new SliceOrder(book.DownloadOf(job.JobId), book.SlicingFolderOf(job.JobId), output, options.Id, printer, job.Slicer);
        if (!File.Exists(order.Model))
            return new PrintError(PrintErrorCode.DownloadFailed, "the file is gone from the disk of the edge");
        try
        {
            await SliceAsync(job, order, cancellationToken).ConfigureAwait(false);
        }
        catch (SliceException e)
        {
            return new PrintError(e.Code, e.Message);
        }

        if (await LookAsync(job, output, printer, cancellationToken).ConfigureAwait(false) is { } error)
            return error with { Message = $"what the slicer made of the model: {error.Message}" };
        var digest = await PrintableFile.DigestAsync(output, cancellationToken).ConfigureAwait(false);
        var estimate = GcodeEstimate.Of(output);
        book.Change(job.JobId, now => now with { Sliced = true, Digest = digest, Size = new FileInfo(output).Length });
        await book.ReportAsync(
            job.JobId, PrintJobTrigger.Sliced,
            report => report with { EstimatedSeconds = estimate.Seconds, FilamentMillimetres = estimate.FilamentMillimetres }).ConfigureAwait(false);
        return null;
    }

    // The last word of the slicer, once a second at most.
    private async Task SliceAsync(PrintJob job, SliceOrder order, CancellationToken cancellationToken)
    {
        var words = Channel.CreateBounded<SliceProgress>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var slicing = SliceAsync();
        await foreach (var word in words.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            await book.ReportAsync(job.JobId, PrintJobTrigger.Progress, report => report with { Progress = word.Part }).ConfigureAwait(false);
            await Task.WhenAny(slicing, Task.Delay(ProgressEvery, time, cancellationToken)).ConfigureAwait(false);
        }

        await slicing.ConfigureAwait(false);

        async Task SliceAsync()
        {
            try
            {
                await slicer.SliceAsync(order, word => words.Writer.TryWrite(word), cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                words.Writer.Complete();
            }
        }
    }
}
