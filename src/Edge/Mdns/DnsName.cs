using System.Collections.Immutable;

namespace Dwapi.Edge.Mdns;

/// <summary>A name: labels, compared without regard to the case of ASCII letters. A label is text and may hold dots and blanks (RFC 6763 4.1.1).</summary>
internal sealed class DnsName : IEquatable<DnsName>
{
    public DnsName(ImmutableArray<string> labels) => Labels = labels;

    /// <summary>The labels, without the root.</summary>
    public ImmutableArray<string> Labels { get; }

    /// <summary>Reads one whose labels hold no dots.</summary>
    public static DnsName Parse(string text) => new([.. text.TrimEnd('.').Split('.')]);

    /// <summary>Whether it ends with a service and has more before it: one label, or a name with dots that was cut there, as some responders do.</summary>
    public bool IsInstanceOf(DnsName service) =>
        Labels.Length > service.Labels.Length && Labels.TakeLast(service.Labels.Length).SequenceEqual(service.Labels, StringComparer.OrdinalIgnoreCase);

    public bool Equals(DnsName? other) => other is not null && Labels.SequenceEqual(other.Labels, StringComparer.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => Equals(obj as DnsName);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var label in Labels)
            hash.Add(label, StringComparer.OrdinalIgnoreCase);
        return hash.ToHashCode();
    }

    public override string ToString() => string.Join('.', Labels);
}
