using System.Collections.Immutable;

namespace Dwapi.Grains.Printing;

/// <summary>Leave to download one content.</summary>
/// <param name="ErrorCode">0; 11 refused for ever; any other code: try again later.</param>
/// <param name="ErrorMessage">Why, without token.</param>
/// <param name="Uri">Where to fetch it.</param>
/// <param name="SecureToken">The token; "" when none is needed.</param>
/// <param name="TokenInUrl">True if <paramref name="Uri"/> carries what authorizes.</param>
/// <param name="Hosts">Hosts, <c>name:port</c>, that may be asked although their addresses are private.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.ContentGrant")]
public sealed record ContentGrant(
    [property: Id(0)] int ErrorCode,
    [property: Id(1)] string ErrorMessage,
    [property: Id(2)] string Uri,
    [property: Id(3)] string SecureToken,
    [property: Id(4)] bool TokenInUrl,
    [property: Id(5)] ImmutableArray<string> Hosts)
{
    /// <summary>Without token and address: what a log may show.</summary>
    public override string ToString() => $"ContentGrant {ErrorCode}";
}
