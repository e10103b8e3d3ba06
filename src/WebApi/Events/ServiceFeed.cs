using Dwapi.Grains;
using Dwapi.Grains.Edges;
using Microsoft.Extensions.Logging;

namespace Dwapi.WebApi.Events;

/// <summary>
/// onServiceChange on this node: one subscription of the tenant's service stream, held while a monitor is there. A hole in the numbers is
/// read again from the grain that counts. When that grain was lost with its silo, or what is missing is not kept any more, the lists of
/// services say what became different.
/// </summary>
internal sealed class ServiceFeed(string tenant, IClusterClient client, TimeProvider time, ILogger logger)
    : Feed<ServiceChangePage>(tenant, Streams.Services, client, time, logger)
{
    private readonly IServiceChangesGrain _changes = client.GetGrain<IServiceChangesGrain>(tenant);
    private readonly ServiceLists _lists = new(tenant, client);
    private readonly KnownServices _known = new();
    private readonly List<SocketMonitor> _live = [];
    private string _epoch = "";
    private long _head;
    private bool _listed;

    /// <inheritdoc />
    public override async Task Join(SocketMonitor monitor)
    {
        // The lists are due from here on; whatever is checked later comes after them.
        var listing = _listed ? Task.CompletedTask : Check();
        await UntilDone(monitor, () => MakeLive(monitor));
        await listing;
    }

    /// <inheritdoc />
    public override async Task Leave(SocketMonitor monitor)
    {
        await Turn.WaitAsync();
        _live.Remove(monitor);
        Turn.Release();
    }

    /// <inheritdoc />
    protected override async ValueTask GiveOut(ServiceChangePage told)
    {
        if (_epoch.Length == 0)
        {
            // Nobody has joined yet: whoever does reads it.
            return;
        }

        if (told.Epoch != _epoch || told.After > _head)
        {
            await ReadMissing();
        }

        if (told.Epoch == _epoch)
        {
            GiveOutAboveHead(told);
        }
    }

    /// <inheritdoc />
    protected override async Task CheckHead()
    {
        await Turn.WaitAsync();
        try
        {
            await EndCheck(await ReadMissing());
        }
        finally
        {
            Turn.Release();
        }

        await List();
    }

    // Subscribed before the head is known: what is published from then on arrives, what was before is read.
    private async Task MakeLive(SocketMonitor monitor)
    {
        await Turn.WaitAsync();
        try
        {
            await Subscribe();
            await ReadMissing();
            if (monitor.Monitor.Epoch.Length > 0)
            {
                await Resume(monitor);
            }

            if (!monitor.Closed)
            {
                monitor.Position = _head;
                _live.Add(monitor);
            }
        }
        finally
        {
            Turn.Release();
        }
    }

    // What came since the PUT, or since the last event that was handed to the socket before.
    private async Task Resume(SocketMonitor monitor)
    {
        while (true)
        {
            var page = await _changes.Read(monitor.Monitor.Epoch, monitor.Position);
            if (page.Gap)
            {
                monitor.MarkGap();
            }

            foreach (var change in page.Changes)
            {
                if (monitor.Position == _head)
                {
                    return;
                }

                monitor.Enqueue(EventFrames.Of(change, ++monitor.Position));
            }

            if (page.Changes.IsEmpty)
            {
                return;
            }
        }
    }

    /// <summary>Gives out everything above the head; the caller has the turn.</summary>
    /// <returns>True when there was something.</returns>
    private async Task<bool> ReadMissing()
    {
        for (var missed = false; ;)
        {
            var page = await _changes.Read(_epoch, _head);
            if (page.Gap)
            {
                missed |= _epoch.Length > 0;
                await Compare(page);
                continue;
            }

            if (page.Changes.IsEmpty)
            {
                return missed;
            }

            missed = true;
            EventCounters.Reread.Add(page.Changes.Length);
            GiveOutAboveHead(page);
        }
    }

    // The head was read before the lists: what changes meanwhile has a higher number.
    private async Task Compare(ServiceChangePage head)
    {
        if (_epoch.Length > 0)
        {
            var listed = await _lists.Read();
            if (_listed)
            {
                var gone = await _lists.ThatAreGone(_known.NotIn(listed));
                foreach (var change in _known.Differences(listed, gone))
                {
                    GiveOut(change, head.After);
                }
            }
            else
            {
                foreach (var monitor in _live)
                {
                    monitor.MarkGap();
                }
            }

            _known.Add(listed);
            _listed = true;
        }

        _epoch = head.Epoch;
        _head = head.After;
    }

    /// <summary>Learns once what there is, to have something to compare with.</summary>
    private async Task List()
    {
        if (_listed)
        {
            return;
        }

        var listed = await _lists.Read();
        await Turn.WaitAsync();
        try
        {
            // What changed while the lists were read was given out, or is now; a comparison meanwhile has newer lists.
            await ReadMissing();
            if (!_listed)
            {
                _known.Add(listed);
                _listed = true;
            }
        }
        finally
        {
            Turn.Release();
        }
    }

    private void GiveOutAboveHead(ServiceChangePage page)
    {
        foreach (var change in page.Changes.Skip((int)Math.Clamp(_head - page.After, 0, page.Changes.Length)))
        {
            GiveOut(change, ++_head);
        }
    }

    private void GiveOut(ServiceChange change, long number)
    {
        if (!_known.Take(change))
        {
            return;
        }

        var frame = EventFrames.Of(change, number);
        foreach (var monitor in _live)
        {
            monitor.Enqueue(frame);
            monitor.Position = number;
        }
    }
}
