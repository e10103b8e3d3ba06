using Dwapi.WebApi.Gotapi.Profiles;
using Dwapi.WebApi.Sessions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dwapi.WebApi.Events;

/// <summary>
/// The events of this node: a feed per device, and per tenant whose services, somebody here watches. Compares every feed's head once in
/// 5 s, spread evenly so that no moment has them all.
/// </summary>
internal sealed class EventHub(IClusterClient client, TimeProvider time, ILogger<EventHub> logger) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly string _node = Guid.NewGuid().ToString("N");
    private readonly Lock _gate = new();
    private readonly Dictionary<string, IFeed> _feeds = new(StringComparer.Ordinal);
    private ITimer? _timer;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(_ => CheckDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _timer?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>What is watched on this node: devices, and tenants for their services.</summary>
    public int Feeds
    {
        get
        {
            lock (_gate)
            {
                return _feeds.Count;
            }
        }
    }

    /// <summary>Some feed compares its head now; what is published meanwhile may be lost to a subscription that is made anew.</summary>
    public bool IsChecking
    {
        get
        {
            lock (_gate)
            {
                return _feeds.Values.Any(feed => feed.IsChecking);
            }
        }
    }

    /// <summary>Begins to deliver to a monitor, from its position on.</summary>
    public void Join(SocketMonitor monitor)
    {
        var key = KeyOf(monitor);
        IFeed? feed;
        lock (_gate)
        {
            if (monitor.Closed)
            {
                return;
            }

            monitor.Joined = true;
            if (!_feeds.TryGetValue(key, out feed))
            {
                feed = monitor.Key == ServiceDiscoveryProfile.ChangeKey
                    ? new ServiceFeed(key, client, time, logger)
                    : new DeviceFeed(key, _node, client, time, logger);
                feed.NextCheck = FirstCheck();
                _feeds.Add(key, feed);
                if (_feeds.Count == 1)
                {
                    _timer?.Change(Tick, Tick);
                }
            }

            feed.Monitors++;
        }

        feed.Join(monitor).Forget(logger);
    }

    /// <summary>Ends it; called once, after the monitor was closed, also when <see cref="Join"/> comes later or never.</summary>
    public void Leave(SocketMonitor monitor)
    {
        var key = KeyOf(monitor);
        IFeed? feed;
        bool last;
        lock (_gate)
        {
            if (!monitor.Joined || !_feeds.TryGetValue(key, out feed))
            {
                return;
            }

            last = --feed.Monitors == 0;
            if (last)
            {
                _feeds.Remove(key);
                if (_feeds.Count == 0)
                {
                    // A server that nobody listens to sleeps.
                    _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                }
            }
        }

        (last ? feed.Stop() : feed.Leave(monitor)).Forget(logger);
    }

    // A device's key has the tenant before a slash, which no tenant has in its name.
    private static string KeyOf(SocketMonitor monitor) =>
        monitor.Key == ServiceDiscoveryProfile.ChangeKey ? monitor.Tenant.Name : monitor.Tenant.KeyOf(monitor.Key.ServiceId);

    // A random first moment within the period keeps the checks of many devices apart.
    private long FirstCheck() =>
        time.GetTimestamp() + (long)(Random.Shared.NextDouble() * CheckEvery.TotalSeconds * time.TimestampFrequency);

    private void CheckDue()
    {
        var now = time.GetTimestamp();
        var due = new List<IFeed>();
        lock (_gate)
        {
            foreach (var feed in _feeds.Values)
            {
                if (feed.NextCheck <= now)
                {
                    feed.NextCheck = now + (long)(CheckEvery.TotalSeconds * time.TimestampFrequency);
                    due.Add(feed);
                }
            }
        }

        foreach (var feed in due)
        {
            feed.Check().Forget(logger);
        }
    }
}
