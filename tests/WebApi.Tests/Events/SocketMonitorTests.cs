using Dwapi.Grains.Applications;
using Dwapi.WebApi.Events;
using Dwapi.WebApi.Tenants;

namespace Dwapi.WebApi.Tests.Events;

/// <summary>The bounded queue of one monitor on a slow socket.</summary>
public sealed class SocketMonitorTests
{
    [Fact]
    public void Shall15_SlowSocket_TheOldestGoesAndTheNextSaysGap()
    {
        var monitor = Monitor(capacity: 3);
        foreach (var sequence in new[] { 1, 2, 3, 4, 5 })
        {
            monitor.Enqueue(Frame(sequence));
        }

        Assert.Equal([(3, true), (4, false), (5, false)], Drain(monitor));
        monitor.Enqueue(Frame(6));
        Assert.Equal([(6, false)], Drain(monitor));
    }

    [Fact]
    public void Enqueue_CapacityOfOne_EveryDropIsToldByTheNext()
    {
        var monitor = Monitor(capacity: 1);
        monitor.Enqueue(Frame(1));
        monitor.Enqueue(Frame(2));
        Assert.Equal([(2, true)], Drain(monitor));
    }

    [Fact]
    public void Enqueue_MonitorThatBeginsWithAGap_OnlyTheFirstSaysSo()
    {
        var monitor = Monitor(capacity: 3, gap: true);
        monitor.Enqueue(Frame(1));
        monitor.Enqueue(Frame(2));
        Assert.Equal([(1, true), (2, false)], Drain(monitor));
    }

    [Fact]
    public async Task WaitForRoom_FullQueue_CompletesWhenHalfIsFree()
    {
        var monitor = Monitor(capacity: 4);
        foreach (var sequence in new[] { 1, 2, 3, 4 })
        {
            monitor.Enqueue(Frame(sequence));
        }

        var room = monitor.WaitForRoom();
        Assert.True(monitor.TryDequeue(out _, out _));
        Assert.False(room.IsCompleted);
        Assert.True(monitor.TryDequeue(out _, out _));
        await room;
    }

    [Fact]
    public async Task Close_FullQueue_NobodyWaitsAndNothingComes()
    {
        var monitor = Monitor(capacity: 1);
        monitor.Enqueue(Frame(1));
        var room = monitor.WaitForRoom();
        monitor.Close();
        await room;
        monitor.Enqueue(Frame(2));
        Assert.Empty(Drain(monitor));
    }

    [Theory]
    [InlineData(10, 4, 10)]
    [InlineData(10, 11, 11)]
    [InlineData(0, 0, 0)]
    public void Decision02_Handed_NeverGoesBackBehindThePut(long after, long sequence, long expected)
    {
        var monitor = Monitor(capacity: 3, after: after);
        Assert.Null(monitor.Handed);
        monitor.NoteHanded(Frame(sequence));
        Assert.Equal(expected, monitor.Handed!.Sequence);
    }

    private static SocketMonitor Monitor(int capacity, bool gap = false, long after = 0)
    {
        var socket = new GotapiSocket(null!, null!, new Tenant("default"), null!, new(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        return new SocketMonitor(new SessionMonitor(new MonitorKey("s", "health", "heart"), "", "e", after, SendLatest: false, gap), socket, capacity);
    }

    private static EventFrame Frame(long sequence) => new([], sequence);

    private static List<(long Sequence, bool Gap)> Drain(SocketMonitor monitor)
    {
        var frames = new List<(long, bool)>();
        while (monitor.TryDequeue(out var frame, out var gap))
        {
            frames.Add((frame.Sequence, gap));
        }

        return frames;
    }
}
