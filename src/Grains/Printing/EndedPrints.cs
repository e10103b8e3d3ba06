namespace Dwapi.Grains.Printing;

/// <summary>
/// The jobs of a printer that have ended, as a machine without clock or store: who is to be reminded, and who is to be forgotten. Whoever
/// calls a method that answers true makes <paramref name="data"/> durable.
/// </summary>
internal sealed class EndedPrints(EndedData data, TimeSpan keep)
{
    /// <summary>Most of them; an application that orders and stops in a loop makes the older ones end sooner.</summary>
    public const int Most = 10_000;

    /// <summary>Jobs with something still to be told.</summary>
    public IEnumerable<string> Open => data.Jobs.Where(job => job.Open).Select(job => job.JobId);

    /// <summary>A job has ended, or says again that it has.</summary>
    public bool Note(string jobId, bool open, long now)
    {
        if (data.Jobs.Find(job => job.JobId == jobId) is { } known)
        {
            var changed = known.Open != open;
            known.Open = open;
            return changed;
        }

        data.Jobs.Add(new EndedPrint { JobId = jobId, EndedAt = now, Open = open });
        return true;
    }

    /// <summary>Jobs whose time is over, the oldest first.</summary>
    public IEnumerable<string> Due(long now) =>
        data.Jobs.TakeWhile((job, index) => now - job.EndedAt >= keep.TotalMilliseconds || data.Jobs.Count - index > Most).Select(job => job.JobId);

    /// <summary>A job was forgotten.</summary>
    public bool Remove(string jobId) => data.Jobs.RemoveAll(job => job.JobId == jobId) > 0;
}
