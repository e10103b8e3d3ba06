using System.Collections.Concurrent;

namespace Dwapi.ActorRuntime.Tests.Runtime;

/// <summary>What happened to a grain, in its order, across its activations.</summary>
public static class Journal
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> All = new();

    public static void Note(string key, string what) => All.GetOrAdd(key, static _ => new()).Enqueue(what);

    public static string[] Of(string key) => All.TryGetValue(key, out var notes) ? [.. notes] : [];
}
