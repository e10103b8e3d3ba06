using System.Net.WebSockets;
using System.Text;
using Dwapi.Gotapi.Frames;

namespace Dwapi.WebApi.Tests.PluginLink;

/// <summary>A plug-in on a real WebSocket, frame by frame.</summary>
internal sealed class LinkClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();

    public static async Task<LinkClient> OpenAsync(Uri server, Action<ClientWebSocketOptions>? configure = null)
    {
        var client = new LinkClient();
        client._socket.Options.CollectHttpResponseDetails = true;
        configure?.Invoke(client._socket.Options);
        await client._socket.ConnectAsync(
            new UriBuilder(server) { Scheme = "ws", Path = LinkLimits.Path }.Uri, Patience());
        return client;
    }

    /// <summary>Opens the link and says HELLO; the answer is the first frame of <see cref="ReceiveAsync"/>.</summary>
    public static async Task<LinkClient> HelloAsync(
        Uri server, string edgeId, string key, long acknowledged = 0, PlugInApproval approval = PlugInApproval.Automatic, string epoch = "e1")
    {
        var client = await OpenAsync(server);
        await client.SendAsync(new HelloFrame
        {
            EdgeId = edgeId,
            Key = key,
            Epoch = epoch,
            Acknowledged = acknowledged,
            Product = "test plug-in",
            Version = "1.0",
            Approval = approval,
        });
        return client;
    }

    /// <summary>Why the server closed, after <see cref="ReceiveAsync"/> returned null.</summary>
    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public Task SendAsync(LinkFrame frame) => SendAsync(LinkFrameWriter.ToUtf8(frame));

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public Task SendAsync(ReadOnlyMemory<byte> utf8, WebSocketMessageType type = WebSocketMessageType.Text) =>
        _socket.SendAsync(utf8, type, endOfMessage: true, Patience()).AsTask();

    /// <summary>The next frame, or null at the close.</summary>
    public async Task<LinkFrame?> ReceiveAsync()
    {
        var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), Patience());
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                Assert.True(LinkFrameReader.TryRead(message.ToArray(), out var frame, out var refusal), refusal.Message);
                return frame;
            }
        }
    }

    /// <summary>The next frame, which must be of that kind.</summary>
    public async Task<T> ReceiveAsync<T>()
        where T : LinkFrame => Assert.IsType<T>(await ReceiveAsync());

    /// <summary>Reads ACKs until the position is reached; gives all of them.</summary>
    public async Task<List<AckFrame>> AcknowledgedAsync(long position)
    {
        var acks = new List<AckFrame>();
        do
        {
            acks.Add(await ReceiveAsync<AckFrame>());
        }
        while (acks[^1].Sequence < position);
        return acks;
    }

    /// <summary>Closes in order.</summary>
    public async Task CloseAsync() => await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Patience());

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    // For each wait: a whole test may take longer on a busy machine.
    private static CancellationToken Patience() => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;
}
