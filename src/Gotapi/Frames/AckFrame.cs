using System.Collections.Immutable;

namespace Dwapi.Gotapi.Frames;

/// <summary>Cumulative acknowledgement, only after the commit.</summary>
public sealed record AckFrame : LinkFrame
{
    /// <summary>Everything up to this sequence is committed or refused.</summary>
    public long Sequence { get; init; }

    /// <summary>How many more items the edge may send.</summary>
    public int Credit { get; init; }

    /// <summary>Items refused since the last ACK.</summary>
    public ImmutableArray<RefusedItem> Refused { get; init; } = [];
}
