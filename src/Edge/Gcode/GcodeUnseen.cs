using System.Collections.Immutable;

namespace Dwapi.Edge.Gcode;

/// <summary>Names of the commands whose effect cannot be seen from outside; few and short, whatever the file holds.</summary>
internal sealed class GcodeUnseen
{
    /// <summary>Most names that are kept.</summary>
    public const int Most = 20;

    /// <summary>Longest name.</summary>
    public const int LongestName = 40;

    private readonly SortedSet<string> _sorted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The names, sorted.</summary>
    public ImmutableArray<string> Names => [.. _sorted];

    /// <summary>Notes one.</summary>
    public void Add(ReadOnlySpan<char> name)
    {
        name = name[..Math.Min(name.Length, LongestName)];
        if (_names.Count < Most && _names.GetAlternateLookup<ReadOnlySpan<char>>().Add(name))
            _sorted.Add(name.ToString());
    }
}
