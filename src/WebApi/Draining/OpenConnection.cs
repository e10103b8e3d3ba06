using Microsoft.AspNetCore.Http;

namespace Dwapi.WebApi.Draining;

/// <summary>A socket or link of this node, from its upgrade until nothing of it is left.</summary>
internal sealed class OpenConnection(NodeDrain drain, ConnectionKind kind, HttpContext context) : IDisposable
{
    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What it is.</summary>
    public ConnectionKind Kind { get; } = kind;

    /// <summary>Completes when the connection has to say goodbye and end, because the node stops.</summary>
    public Task Closing => _closing.Task;

    /// <summary>Asks for the end.</summary>
    public void Close() => _closing.TrySetResult();

    /// <summary>Ends it without a word: it took too long over its goodbye.</summary>
    public void Abort() => context.Abort();

    /// <summary>Says that it has ended, its grains told.</summary>
    public void Dispose() => drain.Leave(this);
}
