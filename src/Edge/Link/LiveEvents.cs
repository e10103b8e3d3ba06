using System.Threading.Channels;
using Dwapi.Gotapi.Frames;

namespace Dwapi.Edge.Link;

/// <summary>
/// Events that are worth something only now, intermediate values: they go past the outbox, and are dropped when the link is down or
/// slower than they are (DECISIONS 18).
/// </summary>
internal sealed class LiveEvents
{
    private const int Most = 256;

    private readonly Channel<EventFrame> _events = Channel.CreateBounded<EventFrame>(
        new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private volatile bool _open;

    public ChannelReader<EventFrame> Reader => _events.Reader;

    public void Post(EventFrame frame)
    {
        if (_open)
            _events.Writer.TryWrite(frame);
    }

    /// <summary>The link is up: events are taken from now on, and none of an earlier connection.</summary>
    public void Open()
    {
        while (_events.Reader.TryRead(out _))
        {
        }

        _open = true;
    }

    public void Close() => _open = false;
}
