using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Dwapi.Grains;
using Dwapi.Grains.Devices;
using Microsoft.Extensions.Logging;

namespace Dwapi.WebApi.Events;

/// <summary>The events of one device on this node: one subscription and one lease, shared by every socket (DECISIONS 17).</summary>
internal sealed class DeviceFeed : Feed<DeviceEvents>
{
    private const int Page = 200;

    private readonly string _serviceId;
    private readonly string _node;
    private readonly IDeviceGrain _device;
    private readonly Dictionary<string, AttributeFeed> _attributes = new(StringComparer.Ordinal);

    // Above the last head and not given out yet; empty between turns.
    private readonly List<EventFrame> _frames = [];

    private string _epoch = "";

    public DeviceFeed(string key, string node, IClusterClient client, TimeProvider time, ILogger logger)
        : base(key, Streams.Device, client, time, logger)
    {
        _serviceId = TenantKey.Split(key).Id;
        _node = node;
        _device = client.GetGrain<IDeviceGrain>(key);
    }

    /// <inheritdoc />
    public override Task Join(SocketMonitor monitor)
    {
        if (MonitoredAttribute.Of(monitor.Key) is not { } attribute)
        {
            return Task.CompletedTask;
        }

        var latestDue = monitor.Monitor.SendLatest;
        return UntilDone(monitor, async () =>
        {
            var feed = await Open(attribute);
            if (monitor.Monitor.Epoch.Length != 0 && monitor.Monitor.Epoch != _epoch && monitor.Position == monitor.Monitor.After)
            {
                // The store was made anew since the PUT: everything it has, and a word that older ones are gone.
                monitor.MarkGap();
                monitor.Position = 0;
                latestDue = false;
            }

            if (latestDue && await LatestAsOf(attribute, monitor.Monitor.After) is { } latest)
            {
                monitor.Enqueue(EventFrames.Of(_serviceId, attribute, _epoch, latest, intermediate: false));
            }

            latestDue = false;
            await CatchUp(feed, monitor);
        });
    }

    /// <inheritdoc />
    public override async Task Leave(SocketMonitor monitor)
    {
        await Turn.WaitAsync();
        try
        {
            if (MonitoredAttribute.Of(monitor.Key) is { } attribute && _attributes.TryGetValue(attribute.Name, out var feed))
            {
                feed.Live.Remove(monitor);
                feed.Late.Remove(monitor);
            }
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>Renews the lease and reads what the stream lost.</summary>
    protected override async Task CheckHead()
    {
        var heads = await _device.Lease(_node);
        await Turn.WaitAsync();
        try
        {
            TakeEpoch(heads);
            var missed = false;
            foreach (var head in heads.Heads)
            {
                if (_attributes.TryGetValue(head.Attribute, out var feed) && feed.Head < head.Sequence)
                {
                    await ReadMissing(feed, head.Sequence);
                    missed = true;
                }
            }

            await EndCheck(missed);
        }
        finally
        {
            Turn.Release();
        }
    }

    // Subscribed before leased, leased before the head is known: what is published from then on arrives, what was before is read.
    private async Task<AttributeFeed> Open(MonitoredAttribute attribute)
    {
        await Turn.WaitAsync();
        try
        {
            await Subscribe();

            if (_attributes.TryGetValue(attribute.Name, out var known))
            {
                return known;
            }

            var heads = await _device.Lease(_node);
            TakeEpoch(heads);
            var feed = new AttributeFeed(attribute, HeadOf(heads, attribute.Name));
            _attributes.Add(attribute.Name, feed);
            return feed;
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <inheritdoc />
    protected override async ValueTask GiveOut(DeviceEvents events)
    {
        if (!_attributes.TryGetValue(events.Attribute, out var feed))
        {
            return;
        }

        if (events.Intermediate)
        {
            GiveOutIntermediate(feed, events.Measurements);
            return;
        }

        foreach (var measurement in events.Measurements)
        {
            if (measurement.Sequence > feed.Head + 1)
            {
                GiveOutFrames(feed);
                await ReadMissing(feed, measurement.Sequence - 1);
            }

            if (measurement.Sequence == feed.Head + 1)
            {
                Collect(feed, measurement);
            }
        }

        GiveOutFrames(feed);
    }

    private void Collect(AttributeFeed feed, Measurement measurement)
    {
        feed.Head = measurement.Sequence;
        if (feed.Live.Count > 0)
        {
            _frames.Add(EventFrames.Of(_serviceId, feed.Attribute, _epoch, measurement, intermediate: false));
        }
    }

    // What came together goes to a monitor together: its socket is woken once.
    private void GiveOutFrames(AttributeFeed feed)
    {
        foreach (var monitor in feed.Live)
        {
            // One that caught up by reading may be ahead of the stream.
            var known = 0;
            while (known < _frames.Count && _frames[known].Sequence <= monitor.Position)
            {
                known++;
            }

            if (known < _frames.Count)
            {
                monitor.Enqueue(CollectionsMarshal.AsSpan(_frames)[known..]);
                monitor.Position = _frames[^1].Sequence;
            }
        }

        _frames.Clear();
    }

    private void GiveOutIntermediate(AttributeFeed feed, ImmutableArray<Measurement> measurements)
    {
        if (feed.Live.Count == 0)
        {
            return;
        }

        EventFrame[] frames = [.. measurements.Select(measurement => EventFrames.Of(_serviceId, feed.Attribute, _epoch, measurement, intermediate: true))];
        foreach (var monitor in feed.Live)
        {
            monitor.Enqueue(frames);
        }
    }

    private async ValueTask ReadMissing(AttributeFeed feed, long upTo)
    {
        if (!feed.Live.TrueForAll(monitor => upTo - feed.Head <= monitor.ReplayPage))
        {
            LetCatchUp(feed, upTo);
            return;
        }

        while (feed.Head < upTo)
        {
            var page = await _device.ReadEvents(feed.Attribute.Name, feed.Head, Page);
            if (page.Gap || page.Events.IsEmpty)
            {
                foreach (var monitor in feed.Live)
                {
                    monitor.MarkGap();
                }
            }

            if (page.Events.IsEmpty)
            {
                feed.Head = upTo;
                return;
            }

            foreach (var measurement in page.Events)
            {
                if (measurement.Sequence > feed.Head)
                {
                    EventCounters.Reread.Add(1);
                    Collect(feed, measurement);
                }
            }

            GiveOutFrames(feed);
        }
    }

    // More than the queues hold, as after an outage: each socket reads it at its own pace, as it does after a PUT with since.
    private void LetCatchUp(AttributeFeed feed, long upTo)
    {
        SocketMonitor[] late = [.. feed.Live];
        feed.Live.Clear();
        feed.Late.AddRange(late);
        EventCounters.Reread.Add(upTo - feed.Head);
        feed.Head = upTo;
        foreach (var monitor in late)
        {
            _ = UntilDone(monitor, () => CatchUp(feed, monitor));
        }
    }

    private async Task CatchUp(AttributeFeed feed, SocketMonitor monitor)
    {
        while (true)
        {
            await monitor.WaitForRoom();
            await Turn.WaitAsync();
            long head;
            try
            {
                if (monitor.Closed)
                {
                    return;
                }

                head = feed.Head;
                if (monitor.Position >= head)
                {
                    feed.Late.Remove(monitor);
                    feed.Live.Add(monitor);
                    return;
                }
            }
            finally
            {
                Turn.Release();
            }

            var page = await _device.ReadEvents(feed.Attribute.Name, monitor.Position, monitor.ReplayPage);
            if (page.Gap || page.Events.IsEmpty)
            {
                monitor.MarkGap();
            }

            if (page.Events.IsEmpty)
            {
                monitor.Position = Math.Max(page.Head, head);
            }

            foreach (var measurement in page.Events)
            {
                monitor.Enqueue(EventFrames.Of(_serviceId, feed.Attribute, _epoch, measurement, intermediate: false));
                monitor.Position = measurement.Sequence;
            }
        }
    }

    // "As of the PUT": what came after it is due anyway, in its order (DECISIONS 2).
    private async Task<Measurement?> LatestAsOf(MonitoredAttribute attribute, long sequence)
    {
        var one = await _device.GetLatest(attribute.Name);
        if (one.Latest is null || one.Latest.Sequence <= sequence)
        {
            return one.Latest;
        }

        var query = new HistoryQuery(attribute.Name, 0, long.MaxValue, NewestFirst: true, "", Page);
        while (true)
        {
            var page = await _device.GetHistory(query, CancellationToken.None);
            foreach (var measurement in page.Measurements)
            {
                if (measurement.Sequence <= sequence)
                {
                    return measurement;
                }
            }

            if (page.NextCursor.Length == 0)
            {
                return null;
            }

            query = query with { Cursor = page.NextCursor };
        }
    }

    // A store that was made anew counts from 1 again: what is live begins there, and is told.
    private void TakeEpoch(DeviceHeads heads)
    {
        if (_epoch == heads.Epoch)
        {
            return;
        }

        var first = _epoch.Length == 0;
        _epoch = heads.Epoch;
        if (first)
        {
            return;
        }

        foreach (var feed in _attributes.Values)
        {
            feed.Head = 0;
            foreach (var monitor in feed.Live.Concat(feed.Late))
            {
                monitor.Position = 0;
                monitor.MarkGap();
            }
        }
    }

    private static long HeadOf(DeviceHeads heads, string attribute)
    {
        foreach (var head in heads.Heads)
        {
            if (head.Attribute == attribute)
            {
                return head.Sequence;
            }
        }

        return 0;
    }
}
