using System.Collections.Concurrent;
using System.Text.Json;
using Dwapi.Edge.Signals;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Jobs;

/// <summary>
/// The jobs of all printers: takes orders and commands of the host, moves jobs along the one table, and reports each step. A step and its report are
/// kept first and sent after that; what a crash leaves in between is sent again with the same number.
/// </summary>
/// <param name="store">The jobs.</param>
/// <param name="append">Puts a report into the outbox: service and JSON. What it throws ends the printer's run; the next one sends the report again.</param>
/// <param name="time">The clock.</param>
internal sealed class PrintJobBook(PrintJobStore store, Func<string, byte[], Task> append, TimeProvider time)
{
    private const int KeptOperations = 64;

    // The edge's own limit where an order names none.
    private const long LargestFile = 4L << 30;

    private readonly ConcurrentDictionary<string, JobSecrets> _secrets = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    // One for each printer: hundreds of them that wake for every step of one would do little else.
    private readonly ConcurrentDictionary<string, Pulse> _changed = new(StringComparer.Ordinal);

    /// <summary>Ends when a job of a printer was ordered, commanded or moved.</summary>
    public Task Changed(string serviceId) => PulseOf(serviceId).Next;

    /// <summary>A job as it is; null if it is not known.</summary>
    public PrintJob? Find(string jobId) => store.Find(jobId);

    /// <summary>The job of a file on a printer; null if it is not ours.</summary>
    public PrintJob? OfFile(string serviceId, string remoteName) =>
        store.Of(serviceId).FirstOrDefault(job => job.RemoteName == remoteName);

    /// <summary>The job that a printer has to work on; null if there is none.</summary>
    public PrintJob? Current(string serviceId) => store.Of(serviceId).FirstOrDefault(job => Works(job.State));

    /// <summary>What authorizes the download; null if it is to be asked for.</summary>
    public JobSecrets? Secrets(PrintJob job) => _secrets.TryGetValue(job.JobId, out var secrets) ? secrets
        : job is { Uri: { } uri, NeedsToken: false } ? new JobSecrets(new Uri(uri), null)
        : null;

    /// <summary>The token is worth nothing any more.</summary>
    public void Forget(string jobId) => _secrets.TryRemove(jobId, out _);

    /// <summary>Where a download lies.</summary>
    public string DownloadOf(string jobId) => store.DownloadOf(jobId);

    /// <summary>Where the G-code of a model lies.</summary>
    public string SlicedOf(string jobId) => store.SlicedOf(jobId);

    /// <summary>The slicer's folder of a job.</summary>
    public string SlicingFolderOf(string jobId) => store.SlicingFolderOf(jobId);

    /// <summary>What goes to the printer.</summary>
    public string FileOf(PrintJob job) => job.Sliced ? SlicedOf(job.JobId) : DownloadOf(job.JobId);

    /// <summary>Takes an order; it is durable when this returns.</summary>
    /// <returns>0, or the code of the GotAPI error.</returns>
    public int Order(string serviceId, PrintJobOrder order)
    {
        if (!System.Uri.TryCreate(order.Uri, UriKind.Absolute, out var uri) || order.JobId.Length > LinkLimits.MaxIdLength)
            return 10;
        lock (_gate)
        {
            var known = Known(order.JobId, order.Trace);
            if (known is not null && (known.Operations.Contains(order.OperationId) || known.State.HasEnded() || known.State == PrintJobState.Cancelling))
                return 0;
            if (Current(serviceId) is { } other && (known is not null || other.JobId != order.JobId))
                return other.JobId == order.JobId ? 0 : 16;

            // An address that itself authorizes gives no names.
            var named = order.TokenInUrl ? null : uri;
            var secret = order.SecureToken.Length > 0 ? order.SecureToken : null;
            var isNew = known is null;
            if (known is null || order.Attempt > known.Attempt)
            {
                known = new PrintJob
                {
                    JobId = order.JobId,
                    ServiceId = serviceId,
                    Last = known?.Last ?? LastOf(order.JobId, order.Trace),
                    Attempt = order.Attempt,
                    RemoteName = NameOf(order.JobId, order.FileName, named, order.Trace),
                    FileType = RemoteNames.TypeOf(order.FileName, named),
                    Sha256 = order.Sha256,
                    Slicer = order.Slicer,
                    Hosts = order.Hosts,
                    Again = order.Trace.Again,
                    MaxBytes = order.MaxBytes > 0 ? Math.Min(order.MaxBytes, LargestFile) : LargestFile,
                };
            }
            else if (known.State != PrintJobState.Authorizing)
            {
                return 0;
            }

            _secrets[order.JobId] = new JobSecrets(uri, secret);
            var job = known with
            {
                State = PrintJobState.Fetching,
                Uri = order.TokenInUrl ? null : order.Uri,
                NeedsToken = secret is not null || order.TokenInUrl,
                Operations = Add(known, order.OperationId),
            };
            store.Save(isNew ? Lost(job, order.Trace) : job);
        }

        PulseOf(serviceId).Raise();
        return 0;
    }

    /// <summary>Takes the order to stop, also of a job that never came, or was lost here.</summary>
    public void Cancel(string serviceId, string jobId, string operationId, PrintJobTrace trace)
    {
        lock (_gate)
        {
            var job = Known(jobId, trace) ?? new PrintJob
            {
                JobId = jobId,
                ServiceId = serviceId,
                RemoteName = NameOf(jobId, "", null, trace),
                Last = LastOf(jobId, trace),
                Recovered = true,
            };
            if (job.State.HasEnded() || job.State == PrintJobState.Cancelling)
                return;
            store.Save(job with
            {
                State = PrintJobState.Cancelling,
                CancelledAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
                Operations = Add(job, operationId),
            });
        }

        PulseOf(serviceId).Raise();
    }

    /// <summary>Notes a command; false if it was taken before.</summary>
    public bool Note(PrintJob job, string operationId)
    {
        lock (_gate)
        {
            var known = store.Find(job.JobId)!;
            if (known.Operations.Contains(operationId))
                return false;
            store.Save(known with { Operations = Add(known, operationId) });
            return true;
        }
    }

    /// <summary>Changes what is kept of a job without moving it.</summary>
    public PrintJob Change(string jobId, Func<PrintJob, PrintJob> change)
    {
        lock (_gate)
        {
            var job = change(store.Find(jobId)!);
            store.Save(job);
            return job;
        }
    }

    /// <summary>Moves a job along the table and reports it; nothing happens if something else happened first.</summary>
    public async Task ReportAsync(string jobId, PrintJobTrigger trigger, Func<PrintJobReport, PrintJobReport>? more = null)
    {
        PrintJob job;
        lock (_gate)
        {
            job = store.Find(jobId)!;
            if (!PrintJobTransitions.TryNext(job.State, trigger, out var next))
                return;
            var report = new PrintJobReport
            {
                JobId = jobId,
                Number = (job.Last?.Number ?? 0) + 1,
                Trigger = trigger,
                At = time.GetUtcNow().ToUnixTimeMilliseconds(),
                Attention = job.Last?.Attention ?? false,
                Size = job.Size,
                Digest = job.Digest,
                RemoteName = job.RemoteName,
            };
            job = job with { State = next, Last = more?.Invoke(report) ?? report, Reported = false };
            store.Save(job);
        }

        await SendAsync(job).ConfigureAwait(false);
        PulseOf(job.ServiceId).Raise();
    }

    /// <summary>Sends again what a crash may have left between the job and the outbox.</summary>
    public async Task ResendAsync(string serviceId)
    {
        foreach (var job in store.Of(serviceId).Where(job => !job.Reported).ToArray())
            await SendAsync(job).ConfigureAwait(false);
    }

    private static System.Collections.Immutable.ImmutableArray<string> Add(PrintJob job, string operation) =>
        [.. job.Operations.TakeLast(KeptOperations - 1), operation];

    private static bool Works(PrintJobState state) => state is PrintJobState.Fetching or PrintJobState.Verifying or PrintJobState.Slicing or PrintJobState.Uploading
        or PrintJobState.Starting or PrintJobState.Delegated or PrintJobState.Printing or PrintJobState.Paused or PrintJobState.Unknown or PrintJobState.Cancelling;

    // A folder that was restored from before knows less than the host, which has only what was kept here first: nothing to go on with.
    private PrintJob? Known(string jobId, PrintJobTrace trace) =>
        store.Find(jobId) is { } job && (job.Last?.Number ?? 0) >= trace.Reported ? job : null;

    private static string NameOf(string jobId, string fileName, Uri? uri, PrintJobTrace trace) =>
        trace.RemoteName.Contains(jobId, StringComparison.Ordinal) ? trace.RemoteName : RemoteNames.Of(jobId, fileName, uri);

    // The reports of a lost job are numbered on.
    private PrintJobReport? LastOf(string jobId, PrintJobTrace trace) => trace.Reported == 0 ? null : new PrintJobReport
    {
        JobId = jobId,
        Number = trace.Reported,
        Trigger = PrintJobTrigger.Progress,
        At = time.GetUtcNow().ToUnixTimeMilliseconds(),
    };

    // A job that is not known here may be a new one or one that was lost, even before a word of it reached the host. It goes on where the host has
    // it; what may have been started is looked for at the printer and never started again.
    private PrintJob Lost(PrintJob job, PrintJobTrace trace)
    {
        var state = trace.State;
        job = job with { Recovered = true };
        if (trace.Reported == 0 || state is PrintJobState.Authorizing or PrintJobState.Fetching)
            return job;
        if (state is PrintJobState.Verifying or PrintJobState.Slicing or PrintJobState.Uploading)
            return job with { State = state };
        if (state == PrintJobState.Delegated)
            return job with { State = state, Delegated = true, StartedAt = time.GetUtcNow().ToUnixTimeMilliseconds() };
        job = job with { State = PrintJobState.Unknown, StartedAt = time.GetUtcNow().ToUnixTimeMilliseconds() };
        return state == PrintJobState.Unknown
            ? job
            : job with { Last = job.Last! with { Number = job.Last.Number + 1, Trigger = PrintJobTrigger.Lost, RemoteName = job.RemoteName }, Reported = false };
    }

    private Pulse PulseOf(string serviceId) => _changed.GetOrAdd(serviceId, static _ => new Pulse());

    private async Task SendAsync(PrintJob job)
    {
        await append(job.ServiceId, JsonSerializer.SerializeToUtf8Bytes(job.Last!, PrintingJson.Default.PrintJobReport)).ConfigureAwait(false);
        Change(job.JobId, now => now.Last?.Number == job.Last!.Number ? now with { Reported = true } : now);
        if (job.State.HasEnded())
        {
            Forget(job.JobId);
            store.Tidy(job.JobId);
        }
    }
}
