namespace Dwapi.Edge.Sources;

/// <summary>
/// Lets a source run ahead of the disk by a bounded number of values, so that many share one commit of the outbox.
/// </summary>
internal sealed class PendingValues(int most)
{
    private readonly Queue<Task> _pending = new();

    /// <summary>Adds a value on its way; waits for the oldest when there are too many.</summary>
    public async Task AddAsync(Task value)
    {
        _pending.Enqueue(value);
        while (_pending.Count > most || (_pending.TryPeek(out var oldest) && oldest.IsCompleted))
            await _pending.Dequeue().ConfigureAwait(false);
    }

    /// <summary>Waits for all.</summary>
    public async Task DrainAsync()
    {
        while (_pending.TryDequeue(out var value))
            await value.ConfigureAwait(false);
    }
}
