using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using Dwapi.Gotapi.Frames;

namespace Dwapi.Edge.Tests.Support;

/// <summary>A server that takes everything: keeps each item once and acknowledges the contiguous prefix.</summary>
internal sealed class AckingServer : IAsyncDisposable
{
    private readonly LinkServer _server;
    private readonly Task _serving;
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, Stored> _items = [];
    private long _position;
    private (int Count, TaskCompletionSource Reached) _waiting;

    private AckingServer(LinkServer server)
    {
        _server = server;
        _serving = ServeAsync();
    }

    /// <summary>What was sent.</summary>
    public sealed record Stored(string ServiceId, string Attribute, string Quantities, string BatteryLevel);

    public Uri Address => _server.Address;

    /// <summary>The services as they were announced last.</summary>
    public ConcurrentDictionary<string, ServiceAnnouncement> Services { get; } = new();

    /// <summary>How often an item came that was there already.</summary>
    public int Repeated { get; private set; }

    public static async Task<AckingServer> StartAsync() => new(await LinkServer.StartAsync());

    /// <summary>The items by their numbers.</summary>
    public IReadOnlyList<KeyValuePair<long, Stored>> Items()
    {
        lock (_lock)
            return [.. _items];
    }

    /// <summary>Ends when so many items are here.</summary>
    public Task ReachAsync(int count)
    {
        lock (_lock)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting = (count, reached);
            if (_items.Count >= count)
                reached.SetResult();
            return reached.Task.WaitAsync(Patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stop.SetResult();
        await _serving;
        await _server.DisposeAsync();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            var next = _server.NextAsync();
            if (await Task.WhenAny(next, _stop.Task) != next)
                return;
            var link = await next;
            var serving = ServeAsync(link);
            await Task.WhenAny(serving, _stop.Task);
            link.Abort();
            try
            {
                await serving;
            }
            catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The edge was killed, or the test is over.
            }
        }
    }

    private async Task ServeAsync(ServerLink link)
    {
        var hello = await link.ExpectAsync<HelloFrame>();
        lock (_lock)
            _position = Math.Max(_position, hello.Acknowledged);
        await link.WelcomeAsync(credit: 500, _position);
        while (true)
        {
            switch (await link.ReceiveAsync())
            {
                case ServicesFrame services:
                    foreach (var service in services.Services)
                        Services[service.ServiceId] = service;
                    break;
                case EventsFrame events:
                    var items = link.Items(events);
                    await link.SendAsync(new AckFrame { Sequence = Store(items), Credit = items.Count });
                    break;
                case PingFrame:
                    await link.SendAsync(new PongFrame(_position));
                    break;
            }
        }
    }

    private long Store(List<EventItem> items)
    {
        lock (_lock)
        {
            foreach (var item in items)
            {
                Assert.True(Services.ContainsKey(item.ServiceId), "an item overtook its announcement");
                var stored = new Stored(
                    item.ServiceId, item.Attribute, Encoding.UTF8.GetString(item.Quantities.Span), Encoding.UTF8.GetString(item.BatteryLevel.Span));
                if (!_items.TryAdd(item.Sequence, stored))
                    Repeated++;
            }

            while (_items.ContainsKey(_position + 1))
                _position++;
            if (_waiting.Reached is { } reached && _items.Count >= _waiting.Count)
                reached.TrySetResult();
            return _position;
        }
    }
}
