using System.Collections.Immutable;

namespace Dwapi.Edge.Sources;

/// <summary>A device as its source announces it.</summary>
/// <param name="ServiceId">Id of its service; see ServiceIdRule.</param>
/// <param name="Name">The name that it advertises, if it does.</param>
/// <param name="Characteristics">16-bit numbers of the measurement characteristics it is known to have; others may turn up later.</param>
internal sealed record SourceDevice(string ServiceId, string? Name, ImmutableArray<ushort> Characteristics)
{
    /// <summary>Its public BD address, from which a system id is made if it sends none.</summary>
    public ulong? PublicAddress { get; init; }

    /// <summary>The room or patient that it is assigned to now; travels with each measurement.</summary>
    public string? Label { get; init; }

    /// <summary>True if its clock is known to be better synchronised than the edge's (HD-HLF-07).</summary>
    public bool TrustsClock { get; init; }
}
