using System.Collections.Immutable;
using System.Threading.Channels;
using Dwapi.Gotapi.Frames;
using Dwapi.WebApi.Quotas;

namespace Dwapi.WebApi.PluginLink.Ingest;

/// <summary>
/// Collects what became of items and tells the edge: position, credits and refusals of everything that gathered while the last ACK was
/// on its way, in one frame. A slow edge gets fewer, larger ACKs; nothing queues up. Where the tenant's rate is
/// limited, credits come back only as fast as it allows: the edge keeps the rest.
/// </summary>
internal sealed class Acknowledger(FrameSender sender, LinkPosition position, int credit, EventRate? rate, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly List<RefusedItem> _refused = [];
    private TaskCompletionSource? _settled;
    private readonly int _credit = credit;
    private int _available = credit;
    private int _returned;
    private long _told = position.Value;

    /// <summary>The contiguous prefix that is done.</summary>
    public long Position
    {
        get
        {
            lock (_lock)
            {
                return position.Value;
            }
        }
    }

    /// <summary>Takes credits for items that came in; false when the edge sent more than it was given.</summary>
    public bool Spend(int items)
    {
        lock (_lock)
        {
            if (items > _available)
            {
                return false;
            }

            _available -= items;
            return true;
        }
    }

    /// <summary>Whether a sequence is done already, that is sent again.</summary>
    public bool IsDone(long sequence)
    {
        lock (_lock)
        {
            return position.Contains(sequence);
        }
    }

    /// <summary>An item is durable, or was before.</summary>
    public void Done(long sequence)
    {
        lock (_lock)
        {
            Finish(sequence);
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>An item will never be taken.</summary>
    public void Refuse(long sequence, int errorCode, string errorMessage)
    {
        lock (_lock)
        {
            _refused.Add(new RefusedItem(sequence, errorCode, errorMessage));
            Finish(sequence);
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Completes when nothing is under way and the edge was sent the outcome of everything; called once.</summary>
    public Task Settled()
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _settled = settled;
        }

        _signal.Writer.TryWrite(true);
        return settled.Task;
    }

    /// <summary>Sends ACKs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await _signal.Reader.WaitToReadAsync(cancellationToken))
        {
            _signal.Reader.TryRead(out _);
            if (Take() is { } ack && !await sender.SendAsync(ack, cancellationToken))
            {
                return;
            }

            TellSettled();
            if (rate is not null && OwesCredit)
            {
                await Task.Delay(EventRate.Pause, time, cancellationToken);
                _signal.Writer.TryWrite(true);
            }
        }
    }

    private bool OwesCredit
    {
        get
        {
            lock (_lock)
            {
                return _returned > 0;
            }
        }
    }

    private void TellSettled()
    {
        lock (_lock)
        {
            // Items that are under way hold credits; what is done and not told yet waits to be returned, or its position does.
            var idle = rate is null ? _available : _available + _returned;
            if (idle == _credit && _refused.Count == 0 && position.Value == _told)
            {
                _settled?.TrySetResult();
            }
        }
    }

    private AckFrame? Take()
    {
        lock (_lock)
        {
            if (_returned == 0 && _refused.Count == 0 && position.Value == _told)
            {
                return null;
            }

            // A frame of refusals stays below the edge's frame limit; the rest follows at once.
            var refused = _refused.Take(LinkLimits.MaxItems).ToImmutableArray();
            _refused.RemoveRange(0, refused.Length);
            if (_refused.Count > 0)
            {
                _signal.Writer.TryWrite(true);
            }

            var credits = rate is null || _returned == 0 ? _returned : rate.Take(_returned);
            if (credits == 0 && refused.IsEmpty && position.Value == _told)
            {
                return null;
            }

            var ack = new AckFrame { Sequence = position.Value, Credit = credits, Refused = refused };
            _available += credits;
            _returned -= credits;
            _told = position.Value;
            return ack;
        }
    }

    private void Finish(long sequence)
    {
        position.Add(sequence);
        _returned++;
    }
}
