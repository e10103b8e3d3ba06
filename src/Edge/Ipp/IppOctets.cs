using System.Collections.Immutable;

namespace Dwapi.Edge.Ipp;

/// <summary>An octetString, or a value whose tag is not known here.</summary>
internal sealed record IppOctets(IppTag Tag, ImmutableArray<byte> Bytes) : IppValue(Tag)
{
    public bool Equals(IppOctets? other) => other is not null && Tag == other.Tag && Bytes.AsSpan().SequenceEqual(other.Bytes.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Tag, Bytes.Length);

    /// <summary>Without the bytes: they may be a token.</summary>
    public override string ToString() => $"{Tag}, {Bytes.Length} octets";
}
