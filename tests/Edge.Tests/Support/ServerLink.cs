using System.Net.WebSockets;
using Dwapi.Gotapi.Frames;

namespace Dwapi.Edge.Tests.Support;

/// <summary>One connection of an edge, seen from the server.</summary>
internal sealed class ServerLink(WebSocket socket) : IDisposable
{
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Utf8StringCache _strings = new();

    public Task Ended => _ended.Task;

    public Task WelcomeAsync(int credit, long position = 0) => SendAsync(new WelcomeFrame
    {
        Product = "Test",
        Version = "1",
        Receiver = "test",
        Credit = credit,
        Position = position,
        PingInterval = 5,
    });

    public async Task SendAsync(LinkFrame frame)
    {
        // A socket takes one message after the other, and the test may say something while a ping is answered.
        await _sending.WaitAsync(Patience.Token);
        try
        {
            await socket.SendAsync(LinkFrameWriter.ToUtf8(frame).AsMemory(), WebSocketMessageType.Text, true, Patience.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    public async Task<LinkFrame> ReceiveAsync() =>
        await NextAsync() ?? throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);

    /// <summary>The next frame must be one of these. On a slow machine the edge pings in between.</summary>
    public async Task<T> ExpectAsync<T>()
        where T : LinkFrame
    {
        LinkFrame frame;
        do
            frame = await ReceiveAsync();
        while (frame is PingFrame and not T);
        return Assert.IsType<T>(frame);
    }

    /// <summary>The next frame must be one of EVENTS.</summary>
    public async Task<List<EventItem>> ItemsAsync() => Items(await ExpectAsync<EventsFrame>());

    public List<EventItem> Items(EventsFrame frame)
    {
        var items = new List<EventItem>();
        var reader = new EventItemReader(frame, _strings);
        while (reader.MoveNext())
        {
            Assert.False(reader.Current.Refusal.IsRefused, reader.Current.Refusal.Message);
            items.Add(reader.Current);
        }

        Assert.False(reader.Refusal.IsRefused, reader.Refusal.Message);
        return items;
    }

    /// <summary>Receives EVENTS until so many items came.</summary>
    public async Task<List<EventItem>> ItemsAsync(int count)
    {
        var items = new List<EventItem>();
        while (items.Count < count)
            items.AddRange(await ItemsAsync());
        Assert.Equal(count, items.Count);
        return items;
    }

    /// <summary>Asks something and waits for the answer: whatever the edge had to send before is here when it comes.</summary>
    public async Task<ResponseFrame> AskAsync(RequestFrame request)
    {
        await SendAsync(request);
        return await ExpectAsync<ResponseFrame>();
    }

    /// <summary>The edge takes the frame after this one only when it has dealt with all before.</summary>
    public Task BarrierAsync() => AskAsync(RequestFrame.Discover(1, "test"));

    /// <summary>The edge says goodbye next, in good order.</summary>
    public async Task ExpectCloseAsync()
    {
        LinkFrame? frame;
        do
            frame = await NextAsync();
        while (frame is PingFrame);
        Assert.Null(frame);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    public void Abort()
    {
        socket.Abort();
        _ended.TrySetResult();
    }

    public void Dispose() => socket.Dispose();

    /// <summary>The next frame; null for the goodbye.</summary>
    private async Task<LinkFrame?> NextAsync()
    {
        var buffer = new byte[LinkLimits.MaxFrameBytes];
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(length), Patience.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            Assert.Equal(WebSocketMessageType.Text, part.MessageType);
            length += part.Count;
        }
        while (!part.EndOfMessage);
        Assert.True(LinkFrameReader.TryRead(buffer.AsMemory(0, length), out var frame, out var refusal), refusal.Message);
        return frame;
    }
}
