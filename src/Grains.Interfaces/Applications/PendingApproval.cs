using System.Collections.Immutable;

namespace Dwapi.Grains.Applications;

/// <summary>A token request that waits for an operator.</summary>
/// <param name="ApprovalId">Opaque id for the decision.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Origin">Its origin.</param>
/// <param name="ApplicationName">As the application gave it; not to be trusted, show the origin beside it.</param>
/// <param name="Scopes">What it asks for.</param>
/// <param name="RequestedAt">When it asked.</param>
/// <param name="Deadline">When it is answered with error 7.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.PendingApproval")]
public sealed record PendingApproval(
    [property: Id(0)] string ApprovalId,
    [property: Id(1)] string ClientId,
    [property: Id(2)] string Origin,
    [property: Id(3)] string ApplicationName,
    [property: Id(4)] ImmutableArray<string> Scopes,
    [property: Id(5)] DateTimeOffset RequestedAt,
    [property: Id(6)] DateTimeOffset Deadline);
