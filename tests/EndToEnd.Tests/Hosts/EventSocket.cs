using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Dwapi.EndToEnd.Tests.Hosts;

/// <summary>A GotAPI-5 socket of an application.</summary>
internal sealed class EventSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();

    /// <summary>Opens the socket and shakes hands.</summary>
    public static async Task<(EventSocket Socket, JsonElement Answer)> Open(ApplicationClient application, string? host = null)
    {
        var socket = new EventSocket();
        socket._socket.Options.SetRequestHeader("Origin", application.Origin);
        if ((host ?? application.Http.DefaultRequestHeaders.Host) is { } name)
        {
            socket._socket.Options.SetRequestHeader("Host", name);
        }

        var url = new UriBuilder(application.Http.BaseAddress!) { Scheme = "ws", Path = "/gotapi/websocket" }.Uri;
        await socket._socket.ConnectAsync(url, TestContext.Current.CancellationToken);
        var hello = Encoding.UTF8.GetBytes($$"""{"accessToken":"{{application.Token}}"}""");
        await socket._socket.SendAsync(hello, WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        return (socket, await socket.Next());
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
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            Assert.NotEqual(WebSocketMessageType.Close, part.MessageType);
            length += part.Count;
            if (part.EndOfMessage)
            {
                return JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length));
            }
        }
    }

    /// <summary>Reads until the server closes, which it does because it stops, and answers.</summary>
    public async Task Closed()
    {
        var buffer = new byte[64 * 1024];
        while ((await _socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken)).MessageType != WebSocketMessageType.Close)
        {
        }

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, _socket.CloseStatus);
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", TestContext.Current.CancellationToken);
    }

    /// <summary>Breaks the connection without a closing handshake.</summary>
    public void Dispose() => _socket.Dispose();
}
