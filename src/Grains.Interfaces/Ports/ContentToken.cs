namespace Dwapi.Grains.Ports;

/// <summary>A token of a content server.</summary>
/// <param name="Value">The token; "" when none is needed.</param>
/// <param name="ExpiresAt">When it ends; null when that is not known.</param>
public sealed record ContentToken(string Value, DateTimeOffset? ExpiresAt)
{
    /// <summary>Without the token: what a log may show.</summary>
    public override string ToString() => $"ContentToken {ExpiresAt:O}";
}
