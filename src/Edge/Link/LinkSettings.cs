namespace Dwapi.Edge.Link;

/// <summary>What the link needs to know; made from <see cref="EdgeOptions"/>.</summary>
internal sealed record LinkSettings
{
    /// <summary>ws:// or wss:// address of the link.</summary>
    public required Uri Server { get; init; }

    /// <summary>Name under which the edge is enrolled.</summary>
    public required string EdgeId { get; init; }

    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>Display name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Thumbprint of the server's own certificate, or null.</summary>
    public string? CertificateThumbprint { get; init; }

    /// <summary>PEM or DER file of the server's certificate or of its issuer, or null.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>A connection on which nothing came for so long is dead.</summary>
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time for connecting and for WELCOME.</summary>
    public TimeSpan WelcomeWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>First wait before another try; doubles, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait before another try.</summary>
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection that lived so long was a good one: the waits begin anew.</summary>
    public TimeSpan GoodAfter { get; init; } = TimeSpan.FromSeconds(10);
}
