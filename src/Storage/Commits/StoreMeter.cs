using System.Diagnostics.Metrics;

namespace Dwapi.Storage.Commits;

/// <summary>What operators see of the writer: meter <c>Dwapi.Storage</c>. Requests per commit is the grouping, commit time is the disk.</summary>
internal static class StoreMeter
{
    private static readonly Meter Meter = new("Dwapi.Storage");
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("dwapi.store.requests", "{request}", "Requests that became durable.");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("dwapi.store.failures", "{batch}", "Batches that the store could not write.");
    private static readonly Histogram<double> Commits =
        Meter.CreateHistogram<double>("dwapi.store.commit.duration", "s", "Time from taking a batch to its being durable.");

    public static void Committed(int requests, TimeSpan duration)
    {
        Requests.Add(requests);
        Commits.Record(duration.TotalSeconds);
    }

    public static void Failed() => Failures.Add(1);
}
