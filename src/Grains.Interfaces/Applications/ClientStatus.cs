using System.Collections.Immutable;

namespace Dwapi.Grains.Applications;

/// <summary>A client as the operator sees it.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="Origin">Its origin.</param>
/// <param name="ApplicationName">The name it gave when it asked for access, "" before.</param>
/// <param name="Approved">True once access was approved.</param>
/// <param name="Connected">True while its WebSocket is open.</param>
/// <param name="CreatedAt">Time of the grant.</param>
/// <param name="LastUsed">Time of its last use, to the minute.</param>
/// <param name="Scopes">Granted scopes.</param>
/// <param name="Expires">Earliest expiry of its scopes; null before approval.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.ClientStatus")]
public sealed record ClientStatus(
    [property: Id(0)] string ClientId,
    [property: Id(1)] string Origin,
    [property: Id(2)] string ApplicationName,
    [property: Id(3)] bool Approved,
    [property: Id(4)] bool Connected,
    [property: Id(5)] DateTimeOffset CreatedAt,
    [property: Id(6)] DateTimeOffset LastUsed,
    [property: Id(7)] ImmutableArray<string> Scopes,
    [property: Id(8)] DateTimeOffset? Expires);
