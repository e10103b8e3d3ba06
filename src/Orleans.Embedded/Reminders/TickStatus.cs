namespace Orleans.Runtime;

/// <summary>Tells a grain when a reminder was and is due.</summary>
[GenerateSerializer, Immutable]
public readonly struct TickStatus
{
    /// <summary>Sets the three times.</summary>
    public TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
    {
        FirstTickTime = firstTickTime;
        Period = period;
        CurrentTickTime = timeStamp;
    }

    /// <summary>When the first tick was due, UTC.</summary>
    [Id(0)]
    public DateTime FirstTickTime { get; }

    /// <summary>The time between ticks.</summary>
    [Id(1)]
    public TimeSpan Period { get; }

    /// <summary>The time of this tick, UTC.</summary>
    [Id(2)]
    public DateTime CurrentTickTime { get; }

    /// <inheritdoc />
    public override string ToString() => $"<{FirstTickTime}, {Period}, {CurrentTickTime}>";
}
