using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Dwapi.EndToEnd.Tests.Faults;

namespace Dwapi.EndToEnd.Tests.Hosts;

/// <summary>A GotAPI-5 socket of an application. It reads all the time, because the server gives up one that answers no ping for 3 s; a silent one does not.</summary>
internal sealed class EventSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly Channel<JsonElement> _frames = Channel.CreateUnbounded<JsonElement>();
    private readonly byte[] _buffer = new byte[64 * 1024];

    // Null: it is silent.
    private Task? _reading;

    /// <summary>Opens the socket and shakes hands.</summary>
    public static async Task<(EventSocket Socket, JsonElement Answer)> Open(ApplicationClient application, string? host = null, bool silent = false)
    {
        var socket = new EventSocket();
        socket._socket.Options.SetRequestHeader("Origin", application.Origin);
        if ((host ?? application.Http.DefaultRequestHeaders.Host) is { } name)
        {
            socket._socket.Options.SetRequestHeader("Host", name);
        }

        var url = new UriBuilder(application.Http.BaseAddress!) { Scheme = "ws", Path = "/gotapi/websocket" }.Uri;
        await socket._socket.ConnectAsync(url, TestContext.Current.CancellationToken);
        socket._reading = silent ? null : socket.ReadAsync();
        var hello = Encoding.UTF8.GetBytes($$"""{"accessToken":"{{application.Token}}"}""");
        await socket._socket.SendAsync(hello, WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        return (socket, await socket.Next());
    }

    /// <summary>Opens another one in place of one that broke; the server may take a moment to see that it is gone.</summary>
    public static async Task<EventSocket> Reopen(ApplicationClient application)
    {
        EventSocket? open = null;
        await Eventually.True(
            async () =>
            {
                var (socket, answer) = await Open(application);
                if (answer.GetProperty("result").GetInt32() == 0)
                {
                    open = socket;
                    return true;
                }

                socket.Dispose();
                return false;
            },
            "the application is connected again");
        return open!;
    }

    /// <summary>The next frame, within 30 s.</summary>
    public async Task<JsonElement> Next()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        return await NextAsync(limit.Token);
    }

    /// <summary>The next frame, whenever it comes.</summary>
    public async Task<JsonElement> NextAsync(CancellationToken cancellationToken)
    {
        if (_reading is not null)
        {
            return await _frames.Reader.ReadAsync(cancellationToken);
        }

        return Assert.NotNull(await ReceiveAsync(cancellationToken));
    }

    /// <summary>Waits until the server closes, which it does because it stops, and answers.</summary>
    public async Task Closed()
    {
        await _reading!.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, _socket.CloseStatus);
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", TestContext.Current.CancellationToken);
    }

    /// <summary>Breaks the connection without a closing handshake.</summary>
    public void Dispose() => _socket.Dispose();

    private async Task ReadAsync()
    {
        try
        {
            while (await ReceiveAsync(CancellationToken.None) is { } frame)
            {
                _frames.Writer.TryWrite(frame);
            }

            _frames.Writer.Complete();
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever waits for the next frame learns it.
            _frames.Writer.Complete(fault);
        }
    }

    /// <summary>The next frame; null when the socket was closed.</summary>
    private async Task<JsonElement?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return JsonSerializer.Deserialize<JsonElement>(_buffer.AsSpan(0, length));
            }
        }
    }
}
