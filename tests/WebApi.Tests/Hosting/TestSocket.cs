using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Dwapi.WebApi.Tests.Hosting;

/// <summary>An application's GotAPI-5 socket.</summary>
public sealed class TestSocket : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[256 * 1024];

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    /// <summary>Connects and shakes hands; the answer must be success.</summary>
    public static async Task<TestSocket> Connect(Application application)
    {
        var socket = await Open(application.Node, application.Origin);
        var answer = await socket.ShakeHands(application.Token);
        Assert.Equal(0, answer.GetProperty("result").GetInt32());
        return socket;
    }

    /// <summary>Connects without a word.</summary>
    public static Task<TestSocket> Open(GotapiHost host, string? origin, string path = "/gotapi/websocket") => Open(host.Address, origin, path);

    /// <summary>The same at a web node.</summary>
    public static async Task<TestSocket> Open(Uri node, string? origin, string path = "/gotapi/websocket")
    {
        var socket = new TestSocket();
        if (origin is not null)
        {
            socket._socket.Options.SetRequestHeader("Origin", origin);
        }

        await socket._socket.ConnectAsync(new UriBuilder(node) { Scheme = "ws", Path = path }.Uri, Patience());
        return socket;
    }

    public async Task<JsonElement> ShakeHands(string token)
    {
        await Send(JsonSerializer.Serialize(new Dictionary<string, string> { ["accessToken"] = token }));
        return await Next();
    }

    public Task Send(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Patience());

    /// <summary>The next frame; fails when none comes in 20 s or the socket was closed.</summary>
    public async Task<JsonElement> Next() => JsonDocument.Parse(await NextText() ?? throw new InvalidOperationException("closed")).RootElement;

    /// <summary>The next frame as it came; null when the socket was closed.</summary>
    public async Task<string?> NextText()
    {
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), Patience());
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(_buffer, 0, length);
            }
        }
    }

    /// <summary>True when the server closed the socket, or it broke.</summary>
    public async Task<bool> IsClosedByServer()
    {
        try
        {
            return await NextText() is null;
        }
        catch (WebSocketException)
        {
            return true;
        }
    }

    /// <summary>Waits for the server's close and answers it.</summary>
    public async Task<WebSocketCloseStatus?> IsClosedInOrder()
    {
        while (await NextText() is not null)
        {
        }

        await Close();
        return CloseStatus;
    }

    public async Task Close()
    {
        await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Patience());
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static CancellationToken Patience() => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;
}
