using System.Collections.Concurrent;

namespace Dwapi.ActorRuntime.Tests.Runtime;

/// <summary>Named events between a test and its grains: both live in one process on either runtime.</summary>
public static class Signal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> All = new();

    public static void Set(string name) => Of(name).TrySetResult();

    /// <summary>Waits for the event; a test that waits in vain fails, it does not hang.</summary>
    public static Task Wait(string name) => Of(name).Task.WaitAsync(Patience);

    public static bool IsSet(string name) => Of(name).Task.IsCompleted;

    private static TaskCompletionSource Of(string name) =>
        All.GetOrAdd(name, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
