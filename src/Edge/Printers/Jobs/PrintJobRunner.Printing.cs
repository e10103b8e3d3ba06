using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Jobs;

// From the start to the end, and how a job that was lost sight of is settled.
internal sealed partial class PrintJobRunner
{
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

    private static bool InHand(PrintJob job, PrinterReading reading) => reading.Occupied && reading.FileName == job.RemoteName;

    private static bool IsPaused(PrinterReading reading) => reading.Status is OperatingStatus.Paused or OperatingStatus.Attention;
}
