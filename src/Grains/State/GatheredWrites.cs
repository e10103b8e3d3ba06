namespace Dwapi.Grains.State;

/// <summary>
/// Writes a persistent state one write at a time. Methods that interleave may ask while a write is under way: what gathers meanwhile is the
/// next write. Two writes at once would carry the same ETag, and the second one would fail.
/// </summary>
/// <param name="state">The state.</param>
/// <param name="failed">Called when a write failed: memory is ahead of the store then, so the grain should deactivate and read it again.</param>
internal sealed class GatheredWrites<T>(IPersistentState<T> state, Action failed)
{
    private Task _running = Task.CompletedTask;
    private Task? _next;
    private bool _cleared;

    /// <summary>Makes the present state durable.</summary>
    public Task Write()
    {
        if (_cleared)
            return Task.CompletedTask;
        if (_next is { } next)
            return next;
        return _running.IsCompleted ? _running = WriteNow() : _next = WriteAfter(_running);
    }

    /// <summary>Removes the state; later writes do nothing.</summary>
    public async Task Clear()
    {
        _cleared = true;
        await Finished(_running);
        await state.ClearStateAsync();
    }

    private static async Task Finished(Task write)
    {
        // Whoever asked for that write was told of its failure.
        await write.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private async Task WriteAfter(Task running)
    {
        await Finished(running);
        _next = null;
        if (!_cleared)
            await (_running = WriteNow());
    }

    private async Task WriteNow()
    {
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            failed();
            throw;
        }
        finally
        {
            // A finished write is not kept: there is one of these in every session.
            _running = Task.CompletedTask;
        }
    }
}
