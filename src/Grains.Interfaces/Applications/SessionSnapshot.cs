using System.Collections.Immutable;

namespace Dwapi.Grains.Applications;

/// <summary>What a web node needs to check a request of a client.</summary>
/// <param name="Origin">The origin that the client belongs to.</param>
/// <param name="TokenHash">SHA-256 of the current token's UTF-8 text; empty before approval.</param>
/// <param name="Scopes">Granted scopes with their expiry.</param>
/// <param name="Key">The client's own HMAC key, or null.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.SessionSnapshot")]
public sealed record SessionSnapshot(
    [property: Id(0)] string Origin,
    [property: Id(1)] ReadOnlyMemory<byte> TokenHash,
    [property: Id(2)] ImmutableArray<GrantedScope> Scopes,
    [property: Id(3)] HmacKey? Key);
