namespace Dwapi.Grains.Applications;

/// <summary>A new client, or the GotAPI error that prevented it.</summary>
/// <param name="ClientId">"" on error.</param>
/// <param name="ErrorCode">0, or 11 when every client of the origin has a live socket.</param>
/// <param name="Key">The HMAC key that was bound, or null.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.GrantResult")]
public sealed record GrantResult(
    [property: Id(0)] string ClientId,
    [property: Id(1)] int ErrorCode,
    [property: Id(2)] HmacKey? Key);
