using System.Diagnostics;
using Dwapi.Bench.Servers;

namespace Dwapi.Bench.Rows;

/// <summary>What a timed part of ingest gave.</summary>
/// <param name="Items">Acknowledged.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="CpuSeconds">What the server used.</param>
internal sealed record IngestResult(long Items, double Seconds, double CpuSeconds)
{
    public double PerSecond => Items / Seconds;

    public double PerCpuSecond => Items / CpuSeconds;

    public static async Task<IngestResult> Measure(ServerProcess server, Func<Task<long>> send)
    {
        var cpu = server.CpuSeconds;
        var start = Stopwatch.GetTimestamp();
        var items = await send();
        return new IngestResult(items, Stopwatch.GetElapsedTime(start).TotalSeconds, server.CpuSeconds - cpu);
    }
}
