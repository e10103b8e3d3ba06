using System.Collections.Immutable;

namespace Dwapi.Storage.Tests.GrainState;

/// <summary>A state with the kinds of members that grains have.</summary>
internal sealed class Sample
{
    public string Name { get; set; } = "";

    public DateTimeOffset? At { get; set; }

    public ReadOnlyMemory<byte> Bytes { get; set; }

    public Dictionary<string, Part> Parts { get; set; } = [];

    /// <summary>A record with a constructor.</summary>
    internal sealed record Part(DayOfWeek Day, ImmutableArray<string> Scopes);
}
