namespace Dwapi.ContentServer;

/// <summary>What a token is good for; the token itself is not kept.</summary>
/// <param name="Scope">model:list or model:read.</param>
/// <param name="ModelId">The only model that it opens; "" for all, with model:list.</param>
/// <param name="Printer">The only printer that may use it; "" with model:list.</param>
/// <param name="MadeAt">When it was made.</param>
internal sealed record ContentToken(string Scope, string ModelId, string Printer, DateTimeOffset MadeAt)
{
    /// <summary>Until it is used for the first time.</summary>
    public static readonly TimeSpan UnusedLife = TimeSpan.FromMinutes(10);

    /// <summary>For every use, the time in which a broken download is resumed included.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromHours(24);

    /// <summary>Whether a download began with it.</summary>
    public bool Used { get; init; }

    /// <summary>Whether it is still good.</summary>
    public bool IsAlive(DateTimeOffset now) => now - MadeAt < (Used ? LongestLife : UnusedLife);
}
