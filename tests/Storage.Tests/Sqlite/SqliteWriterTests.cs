using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Storage.Commits;
using Dwapi.Storage.Measurements;
using Dwapi.Storage.Sqlite;
using Dwapi.Storage.Tests.Measurements;

namespace Dwapi.Storage.Tests.Sqlite;

/// <summary>Group commit (DECISIONS 16) and what happens when a commit cannot be made.</summary>
public sealed class SqliteWriterTests : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly GateProbe _gate = new();
    private readonly TemporaryDatabase _database;
    private readonly SqliteMeasurementStore _store;

    public SqliteWriterTests()
    {
        _database = new TemporaryDatabase(_gate);
        _store = new SqliteMeasurementStore(_database.Database);
    }

    private SqliteWriter Writer => _database.Database.Writer;

    [Fact]
    public async Task Decision16_AppendWhileACommitRuns_IsGroupedIntoTheNext()
    {
        _gate.Close(CommitPoint.Taken);
        var first = Append("d0");
        await _gate.Arrived;
        var others = Enumerable.Range(1, 500).Select(d => Append($"d{d}")).ToList();
        _gate.Open();

        await Task.WhenAll([first, .. others]);

        Assert.Equal(new WriterStatistics(Requests: 501, Transactions: 2, Failures: 0), Writer.Statistics);
    }

    [Fact]
    public async Task Decision16_AppendWhenIdle_CommitsAtOnceAndAlone()
    {
        await Append("d0");
        await Append("d1");

        Assert.Equal(new WriterStatistics(2, 2, 0), Writer.Statistics);
    }

    [Fact]
    public async Task Batch_OneRequestIsAtFault_OnlyThatOneFails()
    {
        _gate.Close(CommitPoint.Taken);
        var first = Append("d0");
        await _gate.Arrived;
        var good = Append("d1");
        var bad = _store.Append(Given.Request(0, [null!], device: "d2"), None).AsTask();
        var alsoGood = Append("d3");
        _gate.Open();

        await Task.WhenAll(first, good, alsoGood);

        await Assert.ThrowsAsync<NullReferenceException>(() => bad);
        Assert.Single(await _store.GetHeads(Given.Tenant, "d1", None));
        Assert.Empty(await _store.GetHeads(Given.Tenant, "d2", None));
        Assert.Single(await _store.GetHeads(Given.Tenant, "d3", None));
    }

    [Fact]
    public async Task DiskFull_FailsTheWholeBatchServesReadsAndRecovers()
    {
        await Append("d0");
        await Pragma("PRAGMA max_page_count = 1");
        _gate.Close(CommitPoint.Taken);
        var first = Append("small");
        await _gate.Arrived;
        var batch = new[] { Large("d1"), Large("d2") };
        _gate.Open();
        await Record.ExceptionAsync(() => first);

        foreach (var append in batch)
        {
            var thrown = await Assert.ThrowsAsync<MeasurementStoreException>(() => append);
            Assert.Contains("disk is full", thrown.Message, StringComparison.Ordinal);
        }

        Assert.NotNull(Writer.Fault);
        Assert.Single(await _store.GetHeads(Given.Tenant, "d0", None));
        Assert.Empty(await _store.GetHeads(Given.Tenant, "d1", None));

        await Pragma("PRAGMA max_page_count = 1073741823");
        var again = await Large("d1");
        Assert.Equal(ReportOutcome.Committed, again.Items[0].Outcome);
        Assert.Null(Writer.Fault);
    }

    [Fact]
    public async Task ReadOnly_FailsWithAdviceServesReadsAndRecovers()
    {
        await Append("d0");

        // The next write of this connection is refused as it is for a file without write permission.
        await Pragma("PRAGMA query_only = ON");
        var thrown = await Assert.ThrowsAsync<MeasurementStoreException>(() => Append("d1"));

        Assert.Contains("read-only", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("dwapi.db", thrown.Message, StringComparison.Ordinal);
        Assert.Single(await _store.GetHeads(Given.Tenant, "d0", None));
        await Append("d1");
        Assert.Equal(1, Writer.Statistics.Failures);
    }

    [Fact]
    public async Task Dispose_WhileRequestsWait_FailsThemAndKeepsWhatWasBeingCommitted()
    {
        _gate.Close(CommitPoint.Written);
        var committing = Append("d0");
        await _gate.Arrived;
        var waiting = Enumerable.Range(1, 20).Select(d => Append($"d{d}")).ToList();
        var closing = _database.Database.DisposeAsync().AsTask();
        _gate.Open();

        Assert.Equal(1, (await committing).Items[0].Sequence);
        foreach (var append in waiting)
        {
            var thrown = await Assert.ThrowsAsync<MeasurementStoreException>(() => append);
            Assert.Contains("send it again", thrown.Message, StringComparison.Ordinal);
        }

        await closing;
        await Assert.ThrowsAsync<MeasurementStoreException>(() => Append("late"));
    }

    [Fact]
    public async Task Append_MoreThanTheQueueHolds_WaitsForRoomAndLosesNone()
    {
        _gate.Close(CommitPoint.Taken);
        var first = Append("d0");
        await _gate.Arrived;
        var others = Enumerable.Range(1, 5000).Select(d => Append($"d{d}")).ToList();
        _gate.Open();

        var results = await Task.WhenAll([first, .. others]);

        Assert.All(results, r => Assert.Equal(ReportOutcome.Committed, r.Items[0].Outcome));
        Assert.Equal(5001, Writer.Statistics.Requests);
    }

    [Fact]
    public async Task Dispose_WhileCallersWaitForRoom_FailsThemToo()
    {
        _gate.Close(CommitPoint.Written);
        var first = Append("d0");
        await _gate.Arrived;
        var others = Enumerable.Range(1, 5000).Select(d => Append($"d{d}")).ToList();
        var closing = _database.Database.DisposeAsync().AsTask();
        _gate.Open();

        await first;
        await closing;
        Assert.All(await Task.WhenAll(others.Select(o => Record.ExceptionAsync(() => o).AsTask())), e => Assert.IsType<MeasurementStoreException>(e));
    }

    [Fact]
    public async Task Cancelled_BeforeItWasTaken_StoresNothing()
    {
        using var cancellation = new CancellationTokenSource();
        _gate.Close(CommitPoint.Taken);
        var first = Append("d0");
        await _gate.Arrived;
        var cancelled = _store.Append(Given.Request(0, [Given.Item(1)], device: "d1"), cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        _gate.Open();

        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Empty(await _store.GetHeads(Given.Tenant, "d1", None));
    }

    [Fact]
    public async Task Completion_DoesNotRunOnTheWritersThread()
    {
        _gate.Close(CommitPoint.Taken);
        var append = Append("d0");
        var thread = append.ContinueWith(
            _ => Thread.CurrentThread.Name, None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _gate.Open();

        Assert.NotEqual("dwapi-store-writer", await thread);
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Open();
        await _database.DisposeAsync();
    }

    private Task<AppendResult> Append(string device) =>
        _store.Append(Given.Request(0, [Given.Item(0)], device: device), None).AsTask();

    private Task<AppendResult> Large(string device) =>
        _store.Append(Given.Request(0, [Given.Item(0) with { Quantities = new byte[100_000] }], device: device), None).AsTask();

    private async Task Pragma(string pragma) => await Writer.Submit(
        new StoreAction<bool>(
            session =>
            {
                session.Prepare(pragma).Run();
                return true;
            },
            None),
        None);
}
