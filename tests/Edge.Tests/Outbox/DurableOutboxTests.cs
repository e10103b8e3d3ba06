using Dwapi.Edge.Outbox;
using Dwapi.Edge.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Edge.Tests.Outbox;

public sealed class DurableOutboxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task AppendAsync_NewFile_NumbersFromOneWithoutHoles()
    {
        await using var outbox = Open();

        var numbers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => outbox.AppendAsync(Entries.Of("a", i), default)));

        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), numbers);
    }

    [Fact]
    public async Task Open_AfterEverythingWasAcknowledged_GoesOnCountingInTheSameEpoch()
    {
        string epoch;
        await using (var first = Open())
        {
            epoch = first.Epoch;
            await first.AppendAsync(Entries.Of("a", 0), default);
            await first.AppendAsync(Entries.Of("a", 1), default);
            await first.AcknowledgeAsync(2, [], default);
        }

        await using var second = Open();

        Assert.Equal(epoch, second.Epoch);
        Assert.Equal(2, second.Acknowledged);
        Assert.Equal(3, await second.AppendAsync(Entries.Of("a", 2), default));
    }

    [Fact]
    public async Task Open_TwoFiles_HaveDifferentEpochs()
    {
        await using var first = Open();
        await using var second = Open("other.db");

        Assert.NotEqual(first.Epoch, second.Epoch);
    }

    [Fact]
    public async Task Take_AfterReopen_GivesWhatWasAppended()
    {
        await using (var first = Open())
            await first.AppendAsync(Entries.Of("a", 7), default);

        await using var second = Open();
        var item = Assert.Single(second.Queue.Take(10, 10_000));

        Assert.Equal((Entries.Of("a", 7).ServiceId, Entries.Of("a", 7).ReceivedAt), (item.Entry.ServiceId, item.Entry.ReceivedAt));
        Assert.Equal(Entries.Of("a", 7).Item.ToArray(), item.Entry.Item.ToArray());
        Assert.Equal(1, item.Sequence);
    }

    [Fact]
    public async Task AcknowledgeAsync_Position_RemovesUpToIt()
    {
        await using var outbox = Open();
        for (var i = 0; i < 10; i++)
            await outbox.AppendAsync(Entries.Of("a", i), default);

        await outbox.AcknowledgeAsync(7, [], default);

        Assert.Equal((7, 10, 3), (outbox.Status().Acknowledged, outbox.Status().Last, outbox.Status().Waiting));
    }

    [Fact]
    public async Task AcknowledgeAsync_OlderPosition_KeepsTheNewer()
    {
        await using var outbox = Open();
        await outbox.AppendAsync(Entries.Of("a", 0), default);
        await outbox.AppendAsync(Entries.Of("a", 1), default);
        await outbox.AcknowledgeAsync(2, [], default);

        await outbox.AcknowledgeAsync(1, [], default);

        Assert.Equal(2, outbox.Acknowledged);
    }

    [Fact]
    public async Task AcknowledgeAsync_PositionBehindTheLastNumber_IsAnError()
    {
        await using var outbox = Open();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => outbox.AcknowledgeAsync(1, [], default));
    }

    [Fact]
    public async Task AcknowledgeAsync_RefusedItem_IsCountedOnceAndLeavesWhenThePositionPassesIt()
    {
        await using var outbox = Open();
        for (var i = 0; i < 3; i++)
            await outbox.AppendAsync(Entries.Of("a", i), default);

        await outbox.AcknowledgeAsync(0, [new OutboxRefusal(2, "unknown attribute")], default);
        await outbox.AcknowledgeAsync(0, [new OutboxRefusal(2, "unknown attribute")], default);
        var held = outbox.Status();
        await outbox.AcknowledgeAsync(2, [], default);

        Assert.Equal((1, 3), (held.Refused, held.Waiting));
        Assert.Equal((1, 1), (outbox.Status().Refused, outbox.Status().Waiting));
    }

    [Fact]
    public async Task AppendAsync_DiskRefuses_IsCountedAndTheNextNumberFollowsWithoutHole()
    {
        var full = false;
        await using var outbox = Open(step: step =>
        {
            if (full && step == OutboxStep.Written)
                throw new SqliteException("database or disk is full", 13);
        });
        await outbox.AppendAsync(Entries.Of("a", 0), default);

        full = true;
        await Assert.ThrowsAsync<OutboxException>(() => outbox.AppendAsync(Entries.Of("new device", 1), default));
        full = false;

        Assert.Equal(2, await outbox.AppendAsync(Entries.Of("new device", 2), default));
        Assert.Equal(1, outbox.Lost);
        Assert.Equal(["a", "new device"], outbox.Queue.Take(10, 10_000).Select(item => item.Entry.ServiceId));
    }

    [Fact]
    public async Task Open_WhileAnotherHasIt_SaysSo()
    {
        await using var first = Open();

        var error = Assert.Throws<OutboxException>(() => Open());

        Assert.Contains("in use by another edge", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ForeignFile_IsLeftAlone()
    {
        File.WriteAllText(_folder["outbox.db"], "a text that is no database, and long enough to be looked at as a header of one of those......");

        Assert.Throws<OutboxException>(() => Open());
        Assert.StartsWith("a text", File.ReadAllText(_folder["outbox.db"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_WhileOpen_CanBeReadFromOutside()
    {
        await using var outbox = Open();
        await outbox.AppendAsync(Entries.Of("a", 3), default);
        await outbox.AppendAsync(Entries.Of("b", 1), default);

        var status = OutboxInspector.Read(_folder["outbox.db"]);

        Assert.Equal((2, 2, 1_700_000_000_501), (status.Waiting, status.Devices, status.Oldest));
    }

    public void Dispose() => _folder.Dispose();

    private DurableOutbox Open(string file = "outbox.db", Action<OutboxStep>? step = null) =>
        DurableOutbox.Open(new OutboxOptions { Path = _folder[file], Step = step }, NullLogger.Instance);
}
