namespace Orleans.Runtime;

/// <summary>The identity of a grain: its type and its key.</summary>
[GenerateSerializer, Immutable]
public readonly struct GrainId : IEquatable<GrainId>, IComparable<GrainId>
{
    private readonly GrainType _type;
    private readonly IdSpan _key;

    /// <summary>Makes an identity.</summary>
    public GrainId(GrainType type, IdSpan key)
    {
        _type = type;
        _key = key;
    }

    /// <summary>The class of the grain.</summary>
    public GrainType Type => _type;

    /// <summary>The key of the grain within its class.</summary>
    public IdSpan Key => _key;

    /// <summary>No identity at all.</summary>
    public bool IsDefault => _type.IsDefault && _key.IsDefault;

    /// <summary>Makes an identity of two names.</summary>
    public static GrainId Create(string type, string key) => Create(GrainType.Create(type), key);

    /// <summary>Makes an identity; the key must not be blank.</summary>
    public static GrainId Create(GrainType type, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new GrainId(type, IdSpan.Create(key));
    }

    /// <summary>Makes an identity.</summary>
    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    /// <summary>Reads the form <c>type/key</c> that <see cref="ToString"/> writes.</summary>
    /// <exception cref="ArgumentException">There is no slash in the text.</exception>
    public static GrainId Parse(string value) =>
        TryParse(value, out var result) ? result : throw new ArgumentException($"\"{value}\" is not a grain id.", nameof(value));

    /// <summary>Reads the form <c>type/key</c> that <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? value, out GrainId result)
    {
        var slash = value is null ? -1 : value.IndexOf('/');
        result = slash < 0
            ? default
            : new GrainId(new GrainType(IdSpan.Create(value![..slash])), IdSpan.Create(value[(slash + 1)..]));
        return slash >= 0;
    }

    /// <summary>Equality of type and key.</summary>
    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    /// <summary>Inequality of type or key.</summary>
    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);

    /// <inheritdoc />
    public bool Equals(GrainId other) => _key.Equals(other._key) && _type.Equals(other._type);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is GrainId other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        // The key is what differs; of the type a glance is enough, equality settles the rest.
        var type = _type.Value.ToString();
        var glance = type.Length == 0 ? 0 : (type.Length << 16) ^ (type[0] << 8) ^ type[^1];
        return _key.GetHashCode() ^ (glance * 0x01000193);
    }

    /// <inheritdoc />
    public int CompareTo(GrainId other)
    {
        var byType = _type.CompareTo(other._type);
        return byType != 0 ? byType : _key.CompareTo(other._key);
    }

    /// <inheritdoc />
    public override string ToString() => $"{_type}/{_key}";
}
