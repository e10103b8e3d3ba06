using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Net.WebSockets;
using Dwapi.Gotapi.Errors;
using Dwapi.Grains.Applications;
using Dwapi.Grains.Settings;
using Dwapi.WebApi.Doors;
using Dwapi.WebApi.Draining;
using Dwapi.WebApi.Gotapi;
using Dwapi.WebApi.Quotas;
using Dwapi.WebApi.Sessions;
using Dwapi.WebApi.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WebSocketError = Dwapi.Gotapi.Errors.WebSocketError;

namespace Dwapi.WebApi.Events;

/// <summary>
/// GotAPI-5 at /gotapi/websocket: the upgrade, the handshake within 5 s, then events until one side goes (gotapi-1.1 section 7).
/// </summary>
internal sealed class SocketEndpoint(
    EventHub hub,
    NodeSockets sockets,
    RequestTenant tenants,
    TenantShares shares,
    SessionCache sessions,
    OriginDoor origins,
    SocketCount count,
    NodeDrain drain,
    Answers answers,
    TimeProvider time,
    IOptions<GotapiOptions> options,
    ILogger<SocketEndpoint> logger)
{
    /// <summary>The server pings so often, and drops the socket when no pong came until the next one.</summary>
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(3);

    // How long the application has to answer our close.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    // The answer to a good handshake.
    private static readonly byte[] Welcome = [.. "{\"result\":0}"u8];

    /// <summary>Serves one socket until it is gone.</summary>
    public async Task Run(HttpContext context)
    {
        using var connection = drain.TryEnter(ConnectionKind.Socket, context);
        if (connection is null)
        {
            NodeDrain.TellWhenToRetry(context);
            answers.Fail(
                context, GotapiErrors.IllegalServerState, NodeDrain.Stopping, httpStatus: StatusCodes.Status503ServiceUnavailable);
            return;
        }

        if (!count.TryEnter())
        {
            answers.Fail(
                context,
                GotapiErrors.IllegalServerState,
                "This server has as many open WebSockets as allowed (Gotapi:OpenSockets).",
                httpStatus: StatusCodes.Status503ServiceUnavailable);
            return;
        }

        var tenant = tenants.Of(context);
        var share = shares.Of(tenant.Name);
        var opened = false;
        try
        {
            opened = share is null || await share.TryOpenSocket();
            if (!opened)
            {
                QuotaMeter.RefusedBy(tenant.Name, nameof(TenantQuotas.Sockets));
                context.Response.Headers.RetryAfter = TenantShare.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                answers.Fail(
                    context, GotapiErrors.IllegalServerState, share!.SocketReason, httpStatus: StatusCodes.Status503ServiceUnavailable);
                return;
            }

            QuotaMeter.CountSocket(tenant.Tag, 1);
            using var socket = await context.WebSockets.AcceptWebSocketAsync(
                new WebSocketAcceptContext { KeepAliveInterval = Ping, KeepAliveTimeout = Ping });
            await Serve(context, socket, tenant, connection);
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or OperationCanceledException)
        {
            Log.SocketBroke(logger, fault.GetType().Name);
        }
        finally
        {
            if (opened)
            {
                QuotaMeter.CountSocket(tenant.Tag, -1);
                share?.CloseSocket();
            }

            count.Leave();
        }
    }

    private async Task Serve(HttpContext context, WebSocket socket, Tenant tenant, OpenConnection connection)
    {
        if (origins.Find(context.Request.Headers) is not { } origin)
        {
            await Refuse(socket, WebSocketErrors.MissingOrigin);
            return;
        }

        var (session, error) = await Handshake(socket, tenant, origin, connection);
        if (session is null)
        {
            if (error is not null)
            {
                await Refuse(socket, error);
            }

            return;
        }

        var application = new GotapiSocket(socket, connection, tenant, hub, options.Value, logger);
        sockets.Add(application);
        Task? leaving = null;
        var attached = false;
        try
        {
            if (await application.Attach(session, sockets.Reference) is not { } monitors)
            {
                await Refuse(socket, WebSocketErrors.AlreadyConnected);
                return;
            }

            attached = true;
            await socket.SendAsync(Welcome, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            application.Begin(monitors);
            await Deliver(socket, application, connection, Leave);
        }
        finally
        {
            await Leave();
        }

        Task Leave()
        {
            if (leaving is null)
            {
                // First of all: a renewal would attach again what goes.
                sockets.Remove(application);
                leaving = Detach(application.End());
            }

            return leaving;
        }

        Task Detach(ImmutableArray<MonitorPosition> handed)
        {
            return attached ? session.Detach(application.Id, handed) : Task.CompletedTask;
        }
    }

    // No session and no error: the application went, or its frame was too long.
    private async Task<(ISessionGrain? Session, WebSocketError? Error)> Handshake(
        WebSocket socket, Tenant tenant, string origin, OpenConnection connection)
    {
        var buffer = new byte[options.Value.SocketFrameLimit];
        var receiving = ReceiveFrame(socket, buffer);
        using var timer = new CancellationTokenSource();
        var deadline = Task.Delay(options.Value.HandshakeTimeout, time, timer.Token);
        if (await Task.WhenAny(receiving, deadline, connection.Closing) != receiving)
        {
            // Cancelling the receive would abort the socket before it could be told why.
            receiving.Forget(logger);
            if (connection.Closing.IsCompleted)
            {
                await CloseQuietly(socket, WebSocketCloseStatus.EndpointUnavailable, NodeDrain.Stopping);
                return default;
            }

            Log.HandshakeTimedOut(logger);
            return (null, WebSocketErrors.MissingAccessToken);
        }

        await timer.CancelAsync();
        var length = await receiving;
        if (length < 0)
        {
            return default;
        }

        if (!SocketHandshake.TryReadToken(new ReadOnlySequence<byte>(buffer, 0, length), out var token))
        {
            return (null, WebSocketErrors.NotParseable);
        }

        if (token.Length == 0)
        {
            return (null, WebSocketErrors.MissingAccessToken);
        }

        var session = await sessions.Open(tenant, token.AsMemory());
        return session is null || session.Snapshot.Origin != origin ? (null, WebSocketErrors.InvalidAccessToken) : (session.Grain, null);
    }

    // -1 when the socket was closed or the frame is over the limit.
    private async Task<int> ReceiveFrame(WebSocket socket, Memory<byte> buffer)
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer[length..], CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await CloseQuietly(socket, WebSocketCloseStatus.NormalClosure, "");
                return -1;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return length;
            }

            if (length == buffer.Length)
            {
                await CloseQuietly(socket, WebSocketCloseStatus.MessageTooBig, "Gotapi:SocketFrameLimit");
                await DiscardRest(socket, buffer);
                return -1;
            }
        }
    }

    // A connection that is closed over unread bytes is reset, and the reset can overtake the close frame that says why.
    private async Task DiscardRest(WebSocket socket, Memory<byte> buffer)
    {
        using var limit = new CancellationTokenSource(Farewell, time);
        try
        {
            while ((await socket.ReceiveAsync(buffer, limit.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It did not wait for the farewell.
        }
    }

    private async Task Deliver(WebSocket socket, GotapiSocket application, OpenConnection connection, Func<Task> leave)
    {
        var reading = ReadAndIgnore(socket, options.Value.SocketFrameLimit);
        await Task.WhenAny(reading, connection.Closing);

        // A frame that is under way is finished: cancelling it would abort the socket before it could be told why.
        var writing = application.StopWriting();
        await AtMost(writing);
        if (!writing.IsCompleted)
        {
            socket.Abort();
        }

        // Before the goodbye: who comes back at once, here or to another node, goes on after the last event and meets no socket of its own.
        var leaving = leave();
        await AtMost(leaving);
        if (application.CloseReason is { } reason)
        {
            await SayGoodbye(WebSocketCloseStatus.NormalClosure, reason);
        }
        else if (connection.Closing.IsCompleted)
        {
            await SayGoodbye(WebSocketCloseStatus.EndpointUnavailable, NodeDrain.Stopping);
        }
        else
        {
            // The application closed, and waits for our close; or it is gone.
            await CloseQuietly(socket, WebSocketCloseStatus.NormalClosure, "");
        }

        socket.Abort();
        await reading;
        await leaving;

        async Task SayGoodbye(WebSocketCloseStatus status, string why)
        {
            await CloseQuietly(socket, status, why);
            await AtMost(reading);
        }
    }

    private async Task AtMost(Task task)
    {
        if (!task.IsCompleted)
        {
            using var waiting = new CancellationTokenSource();
            await Task.WhenAny(task, Task.Delay(Farewell, time, waiting.Token));
            await waiting.CancelAsync();
        }
    }

    // Clients send nothing more; what they send is read so that pings are answered, and not looked at. The buffer is small because every
    // open socket has one.
    private async Task ReadAndIgnore(WebSocket socket, int limit)
    {
        var buffer = new byte[16];
        var length = 0;
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                if (length > limit)
                {
                    await CloseQuietly(socket, WebSocketCloseStatus.MessageTooBig, "Gotapi:SocketFrameLimit");
                    await DiscardRest(socket, buffer);
                    return;
                }

                length = part.EndOfMessage ? 0 : length;
            }
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The application has gone without a word.
        }
    }

    private static async Task Refuse(WebSocket socket, WebSocketError error)
    {
        var answer = AnswerBuffer.Rent();
        answer.Write("{\"result\":1,\"errorCode\":"u8);
        answer.Write(error.Code);
        answer.WriteMember(",\"errorMessage\":"u8, error.Message);
        answer.Write("}"u8);
        var frame = answer.Written.ToArray();
        AnswerBuffer.Return(answer);
        await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        await CloseQuietly(socket, WebSocketCloseStatus.PolicyViolation, error.Name);
    }

    private static async Task CloseQuietly(WebSocket socket, WebSocketCloseStatus status, string reason)
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(status, reason, CancellationToken.None);
            }
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or ObjectDisposedException)
        {
            // It was gone already.
        }
    }
}
