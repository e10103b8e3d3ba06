using System.Collections.Immutable;

namespace Dwapi.Edge.Ipp;

/// <summary>An attribute with one value or more (1setOf).</summary>
internal sealed record IppAttribute(string Name, ImmutableArray<IppValue> Values)
{
    /// <summary>With one value.</summary>
    public IppAttribute(string name, IppValue value)
        : this(name, [value])
    {
    }

    public bool Equals(IppAttribute? other) => other is not null && Name == other.Name && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => HashCode.Combine(Name, Values.Length);

    /// <summary>Without its values: they may be secret.</summary>
    public override string ToString() => Name;
}
