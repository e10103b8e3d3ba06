using System.Diagnostics.Metrics;

namespace Dwapi.Edge.Resilience;

/// <summary>What the policies did, per host.</summary>
internal static class ResilienceMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Dwapi.Edge.Hosts";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("dwapi_edge_host_retries", description: "Calls tried again");
    private static readonly Counter<long> Breaks = Meter.CreateCounter<long>("dwapi_edge_host_breaks", description: "Hosts left alone for a while");

    public static void Retried(string host) => Retries.Add(1, new KeyValuePair<string, object?>("host", host));

    public static void Opened(string host) => Breaks.Add(1, new KeyValuePair<string, object?>("host", host));
}
