namespace Orleans.Runtime;

/// <summary>A timer of one activation. Its ticks are turns; the next tick is planned when the last has ended.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Plans the next tick anew.</summary>
    /// <param name="dueTime">Until the next tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <param name="period">Between the end of a tick and the next; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    void Change(TimeSpan dueTime, TimeSpan period);
}
