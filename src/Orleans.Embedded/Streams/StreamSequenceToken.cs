namespace Orleans.Streams;

/// <summary>The position of an event in its stream.</summary>
[GenerateSerializer]
public abstract class StreamSequenceToken : IEquatable<StreamSequenceToken?>, IComparable<StreamSequenceToken?>
{
    /// <summary>The number of the batch.</summary>
    public abstract long SequenceNumber { get; protected set; }

    /// <summary>The number of the event within the batch.</summary>
    public abstract int EventIndex { get; protected set; }

    /// <inheritdoc />
    public abstract bool Equals(StreamSequenceToken? other);

    /// <inheritdoc />
    public abstract int CompareTo(StreamSequenceToken? other);
}
