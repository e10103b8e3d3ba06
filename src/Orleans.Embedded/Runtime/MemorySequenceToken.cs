using Orleans.Streams;

namespace Dwapi.Actors.Runtime;

/// <summary>The position of an event: it grows along each stream.</summary>
internal sealed class MemorySequenceToken(long sequenceNumber) : StreamSequenceToken
{
    public override long SequenceNumber { get; protected set; } = sequenceNumber;

    public override int EventIndex { get; protected set; }

    public override bool Equals(StreamSequenceToken? other) => other is not null && other.SequenceNumber == SequenceNumber;

    public override bool Equals(object? obj) => Equals(obj as StreamSequenceToken);

    public override int CompareTo(StreamSequenceToken? other) => other is null ? 1 : SequenceNumber.CompareTo(other.SequenceNumber);

    public override int GetHashCode() => SequenceNumber.GetHashCode();
}
