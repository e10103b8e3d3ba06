using System.Collections.Concurrent;
using Dwapi.Edge.Ipp;

namespace Dwapi.Edge.Printers.Ipp;

/// <summary>
/// Documents on their way to jobs, by Send-Document or Send-URI. Some printers answer at once, some when they have the whole file, and the PWG's sample
/// when it is printed: a job that is seen to have its document needs no answer.
/// </summary>
internal sealed class IppDocuments(IppClient client, IppJobs jobs, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LateBy = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (IppOperation Operation, Task<IppMessage> Answer)> _sent = new(StringComparer.Ordinal);

    /// <summary>Sends it, once.</summary>
    /// <param name="request">Send-Document or Send-URI.</param>
    /// <param name="name">The job.</param>
    /// <param name="path">The document behind the request; null for none.</param>
    /// <param name="patience">How long an answer is waited for, or a job that has it.</param>
    /// <param name="hasIt">Whether a job has it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="PrinterException">It was refused, or the line broke, and then nothing is known.</exception>
    public async Task SendAsync(
        IppRequest request, string name, string? path, TimeSpan patience, Func<IppJob, bool> hasIt, CancellationToken cancellationToken)
    {
        var give = new CancellationTokenSource();
        var answer = client.BeginAsync(request, path, give.Token);
        _sent[name] = (request.Operation, answer);

        // Nobody may come to ask what it ends with.
        _ = answer.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        for (var waited = TimeSpan.Zero; waited < patience; waited += LookEvery)
        {
            await Task.WhenAny(answer, Task.Delay(LookEvery, time, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (answer.IsCompleted)
            {
                if (await answer.ConfigureAwait(false) is var message && !IppFaults.IsOk(message))
                    throw IppFaults.Of(request.Operation, message);
                return;
            }

            if (await jobs.FindAsync(name, cancellationToken).ConfigureAwait(false) is not { } job || hasIt(job))
                return;
        }

        // An upload that does not get on; a fetch is the printer's own affair.
        if (path is not null)
            await give.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>The refusal that ended a job, where the printer says why only in its answer, which may come just after the job is aborted; null for none.</summary>
    public async Task<PrinterException?> RefusalAsync(string name, CancellationToken cancellationToken)
    {
        if (!_sent.TryGetValue(name, out var sent))
            return null;
        try
        {
            var message = await sent.Answer.WaitAsync(LateBy, time, cancellationToken).ConfigureAwait(false);
            return IppFaults.OfAborted(sent.Operation, message);
        }
        catch (Exception e) when (e is PrinterException or TimeoutException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>It was sent and not answered yet, so the job may be getting it.</summary>
    public bool IsUnderWay(string name) => _sent.TryGetValue(name, out var sent) && !sent.Answer.IsCompleted;

    /// <summary>The job is of no interest any more.</summary>
    public void Forget(string name) => _sent.TryRemove(name, out _);
}
