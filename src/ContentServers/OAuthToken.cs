using Dwapi.Grains.Ports;

namespace Dwapi.ContentServers;

/// <summary>What a token endpoint answers.</summary>
/// <param name="Access">The access token.</param>
/// <param name="ExpiresAt">When it ends; null when that is not said.</param>
/// <param name="Refresh">The refresh token; "" for none.</param>
internal sealed record OAuthToken(string Access, DateTimeOffset? ExpiresAt, string Refresh)
{
    /// <summary>As the port has it.</summary>
    public ContentToken ToContentToken() => new(Access, ExpiresAt);

    /// <summary>Without the tokens: what a log may show.</summary>
    public override string ToString() => $"OAuthToken {ExpiresAt:O}";
}
