using System.Threading.Channels;
using Orleans.Streams;

namespace Dwapi.Grains.Tests.Runtime;

/// <summary>What a subscriber of a stream got.</summary>
internal sealed class Received<T>(FakeClock clock)
{
    private readonly Channel<T> _items = Channel.CreateUnbounded<T>();

    public static async Task<Received<T>> From(IAsyncStream<T> stream, FakeClock clock)
    {
        var received = new Received<T>(clock);
        await stream.SubscribeAsync((item, _) => received._items.Writer.WriteAsync(item).AsTask());
        return received;
    }

    /// <summary>The next item; gives up after 20 s of real time.</summary>
    public async Task<T> Next()
    {
        var wait = _items.Reader.WaitToReadAsync().AsTask();
        for (var looks = 0; looks < 200; looks++)
        {
            if (await Task.WhenAny(wait, Task.Delay(TimeSpan.FromMilliseconds(100))) == wait)
                return await _items.Reader.ReadAsync();
            clock.Advance(GrainClock.StreamPeriod);
        }

        throw new TimeoutException("Nothing came.");
    }

    /// <summary>The next item of a kind; Orleans may deliver what was published just before the subscription.</summary>
    public async Task<T> Next(Func<T, bool> kind)
    {
        while (true)
        {
            var item = await Next();
            if (kind(item))
                return item;
        }
    }
}
