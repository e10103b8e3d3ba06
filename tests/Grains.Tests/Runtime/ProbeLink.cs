using System.Collections.Concurrent;
using System.Threading.Channels;
using Dwapi.Grains.Edges;

namespace Dwapi.Grains.Tests.Runtime;

/// <summary>A web node's link to an edge whose plug-in answers as the test wants.</summary>
internal sealed class ProbeLink : IEdgeLink
{
    private readonly Channel<int> _closed = Channel.CreateUnbounded<int>();

    public Func<PluginCall, Task<PluginAnswer>> Answer { get; set; } = _ => Task.FromResult(new PluginAnswer(0, "", "", "", default));

    public SemaphoreSlim Called { get; } = new(0);

    /// <summary>Every call so far.</summary>
    public ConcurrentQueue<PluginCall> Calls { get; } = new();

    public Task<PluginAnswer> Call(PluginCall call)
    {
        // Whoever sees the call may change the answer: of the next one.
        var answer = Answer;
        Calls.Enqueue(call);
        Called.Release();
        return answer(call);
    }

    public Task Close(int errorCode, string reason) => _closed.Writer.WriteAsync(errorCode).AsTask();

    public async Task<int> Closed()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _closed.Reader.ReadAsync(patience.Token);
    }
}
