namespace Dwapi.WebApi.PluginLink.Ingest;

/// <summary>Keeps a frame's bytes counted until the last of its items is finished: each of them points into them.</summary>
internal sealed class FrameHold
{
    private readonly FrameBudget _budget;
    private readonly int _bytes;
    private int _holders = 1;

    public FrameHold(FrameBudget budget, int bytes)
    {
        _budget = budget;
        _bytes = bytes;
        budget.Take(bytes);
    }

    /// <summary>One more item holds the frame.</summary>
    public void Add() => Interlocked.Increment(ref _holders);

    /// <summary>An item is finished, or the reading of the frame.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            _budget.Return(_bytes);
        }
    }
}
