namespace Dwapi.Bench.Load;

/// <summary>What a timed part of HTTP load gave.</summary>
/// <param name="Latencies">Of every answer.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="CpuSeconds">What the server used.</param>
internal sealed record HttpResult(Latencies Latencies, double Seconds, double CpuSeconds)
{
    public double PerSecond => Latencies.Count / Seconds;

    public double PerCpuSecond => Latencies.Count / CpuSeconds;
}
