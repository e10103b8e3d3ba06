namespace Dwapi.Edge.Outbox;

/// <summary>How an outbox is opened.</summary>
internal sealed record OutboxOptions
{
    /// <summary>The file; created with its folder when it is not there.</summary>
    public required string Path { get; init; }

    /// <summary>Above so many bytes the oldest continuous values give way; see <see cref="OutboxThinning"/>.</summary>
    public long MaxBytes { get; init; } = 1_000_000_000;

    /// <summary>Appends that may wait for their commit before callers have to wait for a place.</summary>
    public int WaitingAppends { get; init; } = 4096;

    /// <summary>For tests: told at every step of a group commit, on the writer's thread.</summary>
    public Action<OutboxStep>? Step { get; init; }
}
