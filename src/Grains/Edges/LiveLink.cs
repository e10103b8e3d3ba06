namespace Dwapi.Grains.Edges;

/// <summary>The link of a connected edge.</summary>
/// <param name="observer">The way to the node that holds the socket.</param>
/// <param name="linkId">The node's name for the link.</param>
/// <param name="time">The clock.</param>
internal sealed class LiveLink(IEdgeLink observer, string linkId, TimeProvider time)
{
    /// <summary>A link that was silent for so long is down (DECISIONS 21); nodes renew it every 5 s.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private readonly TaskCompletionSource _down = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The way to the node.</summary>
    public IEdgeLink Observer { get; } = observer;

    /// <summary>The node's name for the link.</summary>
    public string LinkId { get; } = linkId;

    // Not the time of day: a clock that is set by an hour must neither end what lives nor keep what is dead.
    private long _renewedAt = time.GetTimestamp();

    /// <summary>Last sign of life.</summary>
    public DateTimeOffset Renewed { get; private set; } = time.GetUtcNow();

    /// <summary>Ends when the link is given up; calls that wait for the plug-in end with it.</summary>
    public Task Down => _down.Task;

    /// <summary>Whether it showed life within <see cref="Silence"/>.</summary>
    public bool IsLive => time.GetElapsedTime(_renewedAt) < Silence;

    /// <summary>It showed life now.</summary>
    public void Renew()
    {
        _renewedAt = time.GetTimestamp();
        Renewed = time.GetUtcNow();
    }

    /// <summary>Gives the link up.</summary>
    public void GiveUp() => _down.TrySetResult();
}
