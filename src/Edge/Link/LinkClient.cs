using Dwapi.Edge.Resilience;
using Dwapi.Gotapi.Frames;
using Polly;

namespace Dwapi.Edge.Link;

/// <summary>Keeps the link to the server: connects, says HELLO, runs the session, and begins again whatever happens.</summary>
internal sealed class LinkClient
{
    private readonly LinkSettings _settings;
    private readonly LinkParts _parts;
    private readonly LinkObserver _observer;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _retry;

    public LinkClient(LinkSettings settings, LinkParts parts, LinkObserver observer, TimeProvider time)
    {
        _settings = settings;
        _parts = parts;
        _observer = observer;
        _time = time;
        _retry = Backoff.Forever<LinkException>(settings.RetryDelay, settings.LongestRetryDelay, time);
    }

    /// <summary>Runs until cancelled; never gives up.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _observer.Set(LinkState.Connecting);
        try
        {
            // A session that was a good one ends its round, so that the next round begins with the shortest wait.
            while (true)
                await _retry.ExecuteAsync(RoundAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Also what broke while it was stopped: the retry hands on the last fault then, not the cancellation.
            _observer.Set(LinkState.Stopped);
        }
    }

    private async ValueTask RoundAsync(CancellationToken cancellationToken)
    {
        var welcomedAt = long.MaxValue;
        try
        {
            await using var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
            var welcome = await GreetAsync(connection, cancellationToken).ConfigureAwait(false);
            welcomedAt = _time.GetTimestamp();
            _observer.Set(LinkState.Up);
            await new LinkSession(connection, welcome, _settings, _parts, _time).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LinkException e)
        {
            _observer.Set(e.Refused ? LinkState.Refused : LinkState.Down, e.Message);
            if (welcomedAt == long.MaxValue || e.Refused || _time.GetElapsedTime(welcomedAt) < _settings.GoodAfter)
                throw;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // A fault of our own must not end the link for ever; the next connection begins with clean state.
            _observer.Fault(e);
            throw new LinkException($"a fault of the edge: {e.Message}", e);
        }

        // All edges of a server that restarts come back at the same moment: spread them.
        await Task.Delay(Random.Shared.NextDouble() * _settings.RetryDelay, _time, cancellationToken).ConfigureAwait(false);
    }

    private async Task<LinkConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_settings.WelcomeWithin, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await LinkConnection.OpenAsync(_settings, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LinkException($"not reached within {_settings.WelcomeWithin.TotalSeconds:0} s");
        }
    }

    private async Task<WelcomeFrame> GreetAsync(LinkConnection connection, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_settings.WelcomeWithin, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await connection.SendAsync(Hello(), either.Token).ConfigureAwait(false);
            return await connection.ReceiveAsync(either.Token).ConfigureAwait(false) switch
            {
                WelcomeFrame welcome => welcome,
                ErrorFrame error => throw LinkException.Of(error),
                var other => throw new LinkException($"{other.GetType().Name} instead of WELCOME"),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LinkException($"no WELCOME within {_settings.WelcomeWithin.TotalSeconds:0} s");
        }
    }

    private HelloFrame Hello() => new()
    {
        EdgeId = _settings.EdgeId,
        Key = _settings.Key,
        Epoch = _parts.Outbox.Epoch,
        Acknowledged = _parts.Outbox.Acknowledged,
        Name = _settings.Name,
        Product = "Dwapi edge",
        Version = typeof(LinkClient).Assembly.GetName().Version?.ToString(3) ?? "",
        Approval = PlugInApproval.Automatic,
    };
}
