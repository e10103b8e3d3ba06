using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Dwapi.WebApi.Tests.Hosting;

/// <summary>An application's GotAPI-5 socket. It reads all the time: the server gives up, by the real clock, one that answers no ping for 3 s.</summary>
public sealed class TestSocket : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly Channel<string> _frames = Channel.CreateUnbounded<string>();

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
        _ = socket.Read();
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
        if (await _frames.Reader.WaitToReadAsync(Patience()))
        {
            return await _frames.Reader.ReadAsync();
        }

        return null;
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

    private async Task Read()
    {
        var buffer = new byte[256 * 1024];
        var length = 0;
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    _frames.Writer.Complete();
                    return;
                }

                length += part.Count;
                if (part.EndOfMessage)
                {
                    _frames.Writer.TryWrite(Encoding.UTF8.GetString(buffer, 0, length));
                    length = 0;
                }
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever waits for the next frame learns it.
            _frames.Writer.Complete(fault);
        }
    }

    private static CancellationToken Patience() => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;
}
