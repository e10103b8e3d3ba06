namespace Dwapi.Grains.Applications;

/// <summary>Asks for a client.</summary>
/// <param name="RemoteAddress">Of the application; forwarded headers count only behind configured proxies.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.GrantRequest")]
public sealed record GrantRequest([property: Id(0)] string RemoteAddress);
