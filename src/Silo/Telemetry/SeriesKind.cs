namespace Dwapi.Silo.Telemetry;

/// <summary>How the values of an instrument add up.</summary>
internal enum SeriesKind
{
    /// <summary>Increments are summed.</summary>
    Counter,

    /// <summary>Increments up and down are summed.</summary>
    UpDown,

    /// <summary>The running total is reported each time.</summary>
    Total,

    /// <summary>The present value is reported each time.</summary>
    Gauge,

    /// <summary>Values fall into buckets.</summary>
    Histogram,
}
