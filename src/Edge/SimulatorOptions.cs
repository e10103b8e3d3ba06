using System.ComponentModel.DataAnnotations;

namespace Dwapi.Edge;

/// <summary>Simulated devices of an edge.</summary>
public sealed class SimulatorOptions
{
    /// <summary>How many, the kinds in turn; 0 to 100,000.</summary>
    [Range(0, 100_000)]
    public int Devices { get; set; }

    /// <summary>
    /// Which kinds: <c>thermometer</c>, <c>heart</c>, <c>scale</c>, <c>bodycomposition</c>, <c>bloodpressure</c>, <c>pulseoximeter</c>,
    /// <c>glucometer</c>, or <c>all</c>; the first four by default.
    /// </summary>
    public List<string> Kinds { get; set; } = [];

    /// <summary>Measurements per second over all of them, above 0 and up to 1,000,000; null for each kind's own pace.</summary>
    [Range(0.001, 1_000_000)]
    public double? Rate { get; set; }

    /// <summary>The same seed gives the same devices and bytes.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Ends after so many rounds; null for no end. A round is one measurement, sometimes with stored ones before it.</summary>
    [Range(1, long.MaxValue)]
    public long? Count { get; set; }
}
