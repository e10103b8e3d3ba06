using System.Collections.Immutable;

namespace Dwapi.Gotapi.Frames;

/// <summary>What an edge has: after WELCOME, and whenever something of it changes.</summary>
public sealed record ServicesFrame : LinkFrame
{
    /// <summary>New or changed services.</summary>
    public ImmutableArray<ServiceAnnouncement> Services { get; init; } = [];

    /// <summary>Ids of services that are gone.</summary>
    public ImmutableArray<string> Removed { get; init; } = [];

    /// <summary>True if <see cref="Services"/> is the whole list: what is not in it is gone.</summary>
    public bool Complete { get; init; }
}
