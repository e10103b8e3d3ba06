namespace Dwapi.Edge.Pipeline;

/// <summary>What became of the values since the start. Counts only, no values.</summary>
internal sealed class PipelineCounters
{
    private long _measurements;
    private long _intermediates;
    private long _withoutValue;
    private long _refused;
    private long _abandoned;

    /// <summary>Measurements that went to the outbox.</summary>
    public long Measurements => Interlocked.Read(ref _measurements);

    /// <summary>Intermediate values, sent live or not at all.</summary>
    public long Intermediates => Interlocked.Read(ref _intermediates);

    /// <summary>Payloads in which the device says that it has no result.</summary>
    public long WithoutValue => Interlocked.Read(ref _withoutValue);

    /// <summary>Payloads that were malformed or unknown.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>First packets whose second never came.</summary>
    public long Abandoned => Interlocked.Read(ref _abandoned);

    public void CountMeasurement() => Interlocked.Increment(ref _measurements);

    public void CountIntermediate() => Interlocked.Increment(ref _intermediates);

    public void CountWithoutValue() => Interlocked.Increment(ref _withoutValue);

    public void CountRefused() => Interlocked.Increment(ref _refused);

    public void CountAbandoned() => Interlocked.Increment(ref _abandoned);
}
