namespace Dwapi.Grains.Ports;

/// <summary>Leave of a content server for one download.</summary>
/// <param name="Uri">Where to fetch it.</param>
/// <param name="Token">The token that is sent along, and ended with the job; "" when none is.</param>
/// <param name="TokenInUrl">True if <paramref name="Uri"/> itself carries what authorizes.</param>
public sealed record ContentDownload(Uri Uri, string Token, bool TokenInUrl)
{
    /// <summary>Without address and token: what a log may show.</summary>
    public override string ToString() => nameof(ContentDownload);
}
