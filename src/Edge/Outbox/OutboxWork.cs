namespace Dwapi.Edge.Outbox;

/// <summary>What the writer takes from its queue: an entry to append, an announcement, or a word of the server.</summary>
internal sealed class OutboxWork
{
    /// <summary>Result: the number of the appended item; 0 for everything else.</summary>
    public TaskCompletionSource<long> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The entry to append.</summary>
    public OutboxEntry? Append { get; init; }

    /// <summary>The announcement of a device, to be kept while it has items.</summary>
    public OutboxDescription? Describe { get; init; }

    /// <summary>The new acknowledged position.</summary>
    public long Acknowledged { get; init; }

    /// <summary>Items that the server will never store.</summary>
    public IReadOnlyList<OutboxRefusal> Refused { get; init; } = [];
}
