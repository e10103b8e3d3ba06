using System.Collections.Immutable;

namespace Dwapi.Edge.Ipp;

/// <summary>Attributes in their order, and what is read of them: a value of another type than asked for counts as none.</summary>
internal sealed class IppAttributes(ImmutableArray<IppAttribute> all) : IEquatable<IppAttributes>
{
    /// <summary>No attributes.</summary>
    public static readonly IppAttributes None = new([]);

    /// <summary>All of them.</summary>
    public ImmutableArray<IppAttribute> All => all;

    /// <summary>The values of an attribute; none if it is not there.</summary>
    public ImmutableArray<IppValue> this[string name] => all.FirstOrDefault(attribute => attribute.Name == name)?.Values ?? [];

    /// <summary>The attribute is there, whatever its value.</summary>
    public bool Has(string name) => all.Any(attribute => attribute.Name == name);

    /// <summary>Its first string; "" for none.</summary>
    public string Text(string name) => Texts(name).FirstOrDefault("");

    /// <summary>All its strings, without the languages that they are in.</summary>
    public IEnumerable<string> Texts(string name) => this[name].Select(TextOf).OfType<string>();

    /// <summary>Its first integer or enum; null for none.</summary>
    public int? Number(string name) => this[name].OfType<IppInteger>().FirstOrDefault()?.Number;

    /// <summary>All its integers and enums.</summary>
    public IEnumerable<int> Numbers(string name) => this[name].OfType<IppInteger>().Select(value => value.Number);

    /// <summary>Its first boolean; null for none.</summary>
    public bool? Flag(string name) => this[name].OfType<IppBoolean>().FirstOrDefault()?.IsTrue;

    /// <summary>The members of its first collection; none if it has none.</summary>
    public IppAttributes Members(string name) => this[name].OfType<IppCollection>().FirstOrDefault()?.Members ?? None;

    public bool Equals(IppAttributes? other) => other is not null && all.SequenceEqual(other.All);

    public override bool Equals(object? obj) => Equals(obj as IppAttributes);

    public override int GetHashCode() => all.Length;

    private static string? TextOf(IppValue value) => value switch
    {
        IppText text => text.Text,
        IppLocalizedText text => text.Text,
        _ => null,
    };
}
