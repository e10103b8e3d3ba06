using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dwapi.Edge.Ipp;

namespace Dwapi.Edge.Printers.Ipp;

/// <summary>The jobs that a printer holds; ours are known by job-name, and by their id once it was seen.</summary>
internal sealed class IppJobs(IppClient client)
{
    private const int MostJobs = 100;
    private const int EndedJobs = 50;
    private const int RecentJobs = 10;

    private readonly ConcurrentDictionary<string, int> _ids = new(StringComparer.Ordinal);

    /// <summary>The id of a job of ours; null if it was not seen yet.</summary>
    public int? IdOf(string name) => _ids.TryGetValue(name, out var id) ? id : null;

    /// <summary>A job was made.</summary>
    public void Note(string name, int id) => _ids[name] = id;

    /// <summary>A job is of no interest any more.</summary>
    public void Forget(string name) => _ids.TryRemove(name, out _);

    /// <summary>Those that have not ended, in the order in which the printer takes them.</summary>
    public Task<ImmutableArray<IppJob>> WaitingAsync(CancellationToken cancellationToken) => ListAsync("not-completed", MostJobs, cancellationToken);

    /// <summary>Those that ended last, the newest first.</summary>
    public Task<ImmutableArray<IppJob>> EndedAsync(CancellationToken cancellationToken) => ListAsync("completed", RecentJobs, cancellationToken);

    /// <summary>A job of ours, by its id where that is known, else by its name: of several the newest, older ones were given up for another turn.</summary>
    public async Task<IppJob?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (IdOf(name) is { } id)
        {
            var request = client.New(IppOperation.GetJobAttributes, id).Want(IppJob.Wanted);
            var answer = await client.AskAsync(request, cancellationToken).ConfigureAwait(false);

            // A printer that was reset gives the number to another job.
            if (IppFaults.IsOk(answer) && IppJob.Read(answer.Group(IppTag.JobAttributes)) is { } job && job.Name == name)
                return job;
            if (!IppFaults.IsOk(answer) && (IppStatus)answer.Code is not (IppStatus.NotFound or IppStatus.Gone))
                throw IppFaults.Of(request.Operation, answer);
            Forget(name);
        }

        var found = (await WaitingAsync(cancellationToken).ConfigureAwait(false))
            .Concat(await ListAsync("completed", EndedJobs, cancellationToken).ConfigureAwait(false))
            .Where(job => job.Name == name)
            .MaxBy(job => job.Id);
        if (found is not null)
            Note(name, found.Id);
        return found;
    }

    /// <summary>Asks to end a job; one that ends already is left alone.</summary>
    public async Task CancelAsync(IppJob job, CancellationToken cancellationToken)
    {
        if (job.IsStopping)
            return;
        var request = client.New(IppOperation.CancelJob, job.Id);
        var answer = await client.AskAsync(request, cancellationToken).ConfigureAwait(false);

        // One that ended meanwhile cannot be cancelled: its state tells.
        if (!IppFaults.IsOk(answer) && (IppStatus)answer.Code is not (IppStatus.NotPossible or IppStatus.NotFound or IppStatus.Gone))
            throw IppFaults.Of(request.Operation, answer);
    }

    private async Task<ImmutableArray<IppJob>> ListAsync(string which, int most, CancellationToken cancellationToken)
    {
        var request = client.New(IppOperation.GetJobs)
            .Add("limit", new IppInteger(IppTag.Integer, most))
            .Add("which-jobs", new IppText(IppTag.Keyword, which))
            .Want(IppJob.Wanted);
        var answer = await client.DoAsync(request, cancellationToken).ConfigureAwait(false);
        return [.. answer.All(IppTag.JobAttributes).Select(IppJob.Read).OfType<IppJob>()];
    }
}
