using System.Globalization;

namespace Orleans.Runtime;

/// <summary>The identity of a stream within a provider: a namespace, which may be missing, and a key.</summary>
[GenerateSerializer, Immutable]
public readonly struct StreamId : IEquatable<StreamId>, IComparable<StreamId>
{
    private readonly string? _namespace;
    private readonly string? _key;

    private StreamId(string? ns, string key)
    {
        _namespace = ns;
        _key = key;
    }

    /// <summary>A stream with a GUID as its key.</summary>
    public static StreamId Create(string? ns, Guid key) => new(ns, key.ToString("N"));

    /// <summary>A stream with a number as its key.</summary>
    public static StreamId Create(string? ns, long key) => new(ns, key.ToString(CultureInfo.InvariantCulture));

    /// <summary>A stream with a text as its key.</summary>
    public static StreamId Create(string? ns, string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new StreamId(string.IsNullOrEmpty(ns) ? null : ns, key);
    }

    /// <summary>Equality of namespace and key.</summary>
    public static bool operator ==(StreamId s1, StreamId s2) => s1.Equals(s2);

    /// <summary>Inequality of namespace or key.</summary>
    public static bool operator !=(StreamId s1, StreamId s2) => !s1.Equals(s2);

    /// <summary>The key.</summary>
    public string GetKeyAsString() => _key ?? "";

    /// <summary>The namespace; null if there is none.</summary>
    public string? GetNamespace() => _namespace;

    /// <inheritdoc />
    public bool Equals(StreamId other) => string.Equals(_key, other._key) && string.Equals(_namespace, other._namespace);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is StreamId other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_namespace, _key);

    /// <inheritdoc />
    public int CompareTo(StreamId other)
    {
        var byNamespace = string.CompareOrdinal(_namespace, other._namespace);
        return byNamespace != 0 ? byNamespace : string.CompareOrdinal(_key, other._key);
    }

    /// <inheritdoc />
    public override string ToString() => $"{_namespace ?? "null"}/{_key}";
}
