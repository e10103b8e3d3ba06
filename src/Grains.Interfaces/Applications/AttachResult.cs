using System.Collections.Immutable;

namespace Dwapi.Grains.Applications;

/// <summary>Answer to a socket's handshake.</summary>
/// <param name="Accepted">False: another live socket of the same client is there (WebSocket error 4).</param>
/// <param name="Monitors">The client's monitors with where each resumes.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.AttachResult")]
public sealed record AttachResult(
    [property: Id(0)] bool Accepted,
    [property: Id(1)] ImmutableArray<SessionMonitor> Monitors);
