namespace Dwapi.Edge.Tests.Support;

/// <summary>A clock that goes by itself for a while.</summary>
internal static class ManualTimePassing
{
    /// <summary>
    /// Lets time pass until something happened: how soon somebody begins to wait is not known. Ten times the real one at most, so that what has to
    /// answer within some seconds can do so on a busy machine.
    /// </summary>
    public static async Task<T> PassUntilAsync<T>(this ManualTime time, Task<T> until)
    {
        var patience = Task.Delay(Patience.Limit);
        while (!until.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
            if (await Task.WhenAny(until, Task.Delay(1), patience) == patience)
                throw new TimeoutException("It did not happen.");
        }

        return await until;
    }

    /// <summary>The same for what gives nothing.</summary>
    public static Task PassUntilAsync(this ManualTime time, Task until) => time.PassUntilAsync(WithResultAsync(until));

    private static async Task<bool> WithResultAsync(Task task)
    {
        await task;
        return true;
    }
}
