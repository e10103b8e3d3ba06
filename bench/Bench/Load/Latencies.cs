using System.Diagnostics;

namespace Dwapi.Bench.Load;

/// <summary>Durations of a timed part, in ticks of the stopwatch.</summary>
internal sealed class Latencies(IEnumerable<long> ticks)
{
    private readonly long[] _sorted = [.. ticks.Order()];

    public int Count => _sorted.Length;

    /// <summary>A percentile in milliseconds.</summary>
    public double Percentile(double p) =>
        _sorted.Length == 0 ? double.NaN : _sorted[Math.Min(_sorted.Length - 1, (int)(_sorted.Length * p / 100))] * 1000.0 / Stopwatch.Frequency;
}
