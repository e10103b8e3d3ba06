using Dwapi.Edge.Outbox;
using Dwapi.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Edge.Tests.Outbox;

public sealed class SendQueueTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DurableOutbox _outbox;

    public SendQueueTests() => _outbox = DurableOutbox.Open(new OutboxOptions { Path = _folder["outbox.db"] }, NullLogger.Instance);

    [Fact]
    public async Task Take_BacklogOfOneDevice_DoesNotDelayAnother()
    {
        await Append("backlog", 1000);
        await Append("other", 3);

        var taken = _outbox.Queue.Take(8, 1_000_000);

        Assert.Equal(
            ["backlog", "other", "other", "other", "backlog", "backlog", "backlog", "backlog"],
            taken.Select(item => item.Entry.ServiceId));
    }

    [Fact]
    public async Task Take_SeveralBacklogs_TakeTurns()
    {
        await Append("a", 100);
        await Append("b", 100);

        Assert.Equal(["a", "b", "a", "b"], _outbox.Queue.Take(4, 1_000_000).Select(item => item.Entry.ServiceId));
    }

    [Fact]
    public async Task Take_BacklogThatHasEnoughUnderWay_WaitsAndWhatIsLiveDoesNot()
    {
        await Append("backlog", 1000);
        await Append("other", 3);

        var taken = _outbox.Queue.Take(8, 1_000_000, maxLate: 2);

        Assert.Equal(["backlog", "other", "other", "other", "backlog", "backlog"], taken.Select(item => item.Entry.ServiceId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Take_MoreThanTheReadAhead_IsFirstInFirstOut(bool rewound)
    {
        await Append("a", 300);
        if (rewound)
            _outbox.Rewind();

        var taken = Take(7, count: 300);

        Assert.Equal(Enumerable.Range(0, 300), taken.Select(Entries.NumberOf));
        Assert.Empty(_outbox.Queue.Take(1, 1_000_000));
    }

    [Fact]
    public async Task Rewind_AfterSending_GivesEverythingNotAcknowledgedAgain()
    {
        await Append("a", 100);
        await Append("b", 100);
        Take(50, count: 200);
        await _outbox.AcknowledgeAsync(120, [], default);

        _outbox.Rewind();

        Assert.Equal(
            Enumerable.Range(121, 80).Select(i => (long)i),
            Take(50, count: 80).Select(item => item.Sequence).Order());
    }

    [Fact]
    public async Task Rewind_WhileACommitIsNotToldYet_LeavesItsItemsToTheTelling()
    {
        await Append("a", 3);

        _outbox.Queue.Rewind(() => 2);

        Assert.Equal([1, 2], _outbox.Queue.Take(10, 1_000_000).Select(item => item.Sequence));
    }

    [Fact]
    public async Task Take_AcknowledgedMeanwhile_IsSkipped()
    {
        await Append("a", 200);
        _outbox.Rewind();
        _outbox.Queue.Take(1, 1_000_000);

        await _outbox.AcknowledgeAsync(150, [], default);

        Assert.Equal(151, _outbox.Queue.Take(1, 1_000_000)[0].Sequence);
    }

    [Fact]
    public async Task Take_ByteLimit_EndsTheBatchButNeverStarves()
    {
        await Append("a", 3);
        var size = Entries.Of("a", 0).Item.Length + SendQueue.Envelope;

        Assert.Equal(2, _outbox.Queue.Take(10, (2 * size) + 1).Count);
        Assert.Single(_outbox.Queue.Take(10, 1));
    }

    [Fact]
    public async Task Changed_Empty_EndsWithTheNextAppend()
    {
        var waiting = _outbox.Queue.Changed;
        Assert.False(waiting.IsCompleted);

        await Append("a", 1);

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Take_WhileOthersAppendAndAcknowledge_GivesEachItemOnceInTheOrderOfItsDevice()
    {
        const int Devices = 5;
        const int Each = 400;
        var appending = Task.WhenAll(Enumerable.Range(0, Devices).Select(d => Append($"device {d}", Each)));
        var taken = new List<OutboxItem>();
        while (taken.Count < Devices * Each)
        {
            var changed = _outbox.Queue.Changed;
            var batch = _outbox.Queue.Take(37, 1_000_000);
            if (batch.Count == 0)
                await changed;
            taken.AddRange(batch);
            await _outbox.AcknowledgeAsync(Prefix(taken), [], default);
        }

        await appending;

        Assert.Equal(Devices * Each, taken.DistinctBy(item => item.Sequence).Count());
        foreach (var device in taken.GroupBy(item => item.Entry.ServiceId))
            Assert.Equal(Enumerable.Range(0, Each), device.Select(Entries.NumberOf));
        Assert.Equal(0, _outbox.Status().Waiting);
    }

    public async ValueTask DisposeAsync()
    {
        await _outbox.DisposeAsync();
        _folder.Dispose();
    }

    private static long Prefix(List<OutboxItem> taken)
    {
        var prefix = 0L;
        foreach (var sequence in taken.Select(item => item.Sequence).Order())
        {
            if (sequence != prefix + 1)
                break;
            prefix = sequence;
        }

        return prefix;
    }

    private async Task Append(string device, int count)
    {
        for (var at = 0; at < count; at += 50)
            await Task.WhenAll(Enumerable.Range(at, Math.Min(50, count - at)).Select(i => _outbox.AppendAsync(Entries.Of(device, i), default)));
    }

    private List<OutboxItem> Take(int size, int count)
    {
        var taken = new List<OutboxItem>();
        while (taken.Count < count)
        {
            var batch = _outbox.Queue.Take(size, 1_000_000);
            Assert.NotEmpty(batch);
            taken.AddRange(batch);
        }

        return taken;
    }
}
