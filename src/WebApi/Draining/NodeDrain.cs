using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Dwapi.WebApi.Draining;

/// <summary>
/// Whether this node is about to stop, and the connections that it has to close before. From the signal on it takes no new ones; who asks
/// again is led elsewhere by the balancer, which sees the node not ready.
/// </summary>
public sealed class NodeDrain : IDisposable
{
    /// <summary>For whoever is refused or sent away.</summary>
    internal const string Stopping = "This server is stopping. Connect again; another node, or its successor, answers.";

    /// <summary>For whoever waited for a person or a plug-in.</summary>
    internal const string WaitEnded = "This server is stopping and waits no longer. Repeat the call.";

    // The next attempt meets another node at once, or this one when it has started again.
    private const string RetryAfterSeconds = "1";

    private readonly Lock _gate = new();
    private readonly HashSet<OpenConnection> _open = [];
    private readonly CancellationTokenSource _waits = new();
    private readonly CancellationTokenRegistration _signal;
    private TaskCompletionSource? _empty;
    private volatile bool _draining;

    /// <summary>Begins by itself with the host's signal to stop.</summary>
    public NodeDrain(IHostApplicationLifetime lifetime) => _signal = lifetime.ApplicationStopping.Register(Begin);

    /// <summary>True from the signal to stop on.</summary>
    public bool IsDraining => _draining;

    /// <summary>True when requests that wait for a person or a plug-in are to be answered now.</summary>
    internal bool WaitsEnded => _waits.IsCancellationRequested;

    /// <summary>Takes no new connections from now on.</summary>
    internal void Begin()
    {
        lock (_gate)
        {
            _draining = true;
        }
    }

    /// <summary>Enters a connection; null when this node is stopping.</summary>
    internal OpenConnection? TryEnter(ConnectionKind kind, HttpContext context)
    {
        var connection = new OpenConnection(this, kind, context);
        lock (_gate)
        {
            if (_draining)
            {
                return null;
            }

            _open.Add(connection);
        }

        ConnectionCounters.Of(kind).Add(1);
        return connection;
    }

    /// <summary>What is open now.</summary>
    internal OpenConnection[] Open()
    {
        lock (_gate)
        {
            return [.. _open];
        }
    }

    /// <summary>Completes when nothing is open; called once, after <see cref="Begin"/>.</summary>
    internal Task WaitUntilEmpty()
    {
        lock (_gate)
        {
            _empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_open.Count == 0)
            {
                _empty.TrySetResult();
            }

            return _empty.Task;
        }
    }

    /// <summary>Ends the waits of requests for a person or a plug-in.</summary>
    internal void EndWaits() => _waits.Cancel();

    /// <summary>A token for such a wait: cancelled when the application has gone or the waits are ended.</summary>
    internal CancellationToken ForWait(HttpContext context)
    {
        var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _waits.Token);
        context.Response.RegisterForDispose(either);
        return either.Token;
    }

    /// <summary>Says when to come again.</summary>
    internal static void TellWhenToRetry(HttpContext context) => context.Response.Headers.RetryAfter = RetryAfterSeconds;

    /// <summary>Makes a kept connection go elsewhere with its next request.</summary>
    internal void EndKeepAlive(HttpContext context)
    {
        if (_draining && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            context.Response.Headers.Connection = "close";
        }
    }

    internal void Leave(OpenConnection connection)
    {
        lock (_gate)
        {
            if (!_open.Remove(connection))
            {
                return;
            }

            if (_open.Count == 0)
            {
                _empty?.TrySetResult();
            }
        }

        ConnectionCounters.Of(connection.Kind).Add(-1);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _signal.Dispose();
        _waits.Dispose();
    }
}
