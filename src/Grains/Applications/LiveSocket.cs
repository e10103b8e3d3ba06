namespace Dwapi.Grains.Applications;

/// <summary>The client's WebSocket.</summary>
/// <param name="session">The session grain.</param>
/// <param name="node">The way to the node that holds it.</param>
/// <param name="socketId">The node's name for it.</param>
/// <param name="time">The clock.</param>
internal sealed class LiveSocket(GrainId session, ISessionSocket node, string socketId, TimeProvider time)
{
    /// <summary>A socket whose node was silent for so long is dead; nodes renew it every 5 s.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>The session grain.</summary>
    public GrainId Session { get; } = session;

    /// <summary>The way to the node.</summary>
    public ISessionSocket Node { get; } = node;

    /// <summary>The node's name for it.</summary>
    public string SocketId { get; } = socketId;

    // Not the time of day: a clock that is set by an hour must neither end what lives nor keep what is dead.
    private long _renewedAt = time.GetTimestamp();

    /// <summary>Whether it showed life within <see cref="Silence"/>.</summary>
    public bool IsLive => time.GetElapsedTime(Volatile.Read(ref _renewedAt)) < Silence;

    /// <summary>It showed life now.</summary>
    public void Renew() => Volatile.Write(ref _renewedAt, time.GetTimestamp());
}
