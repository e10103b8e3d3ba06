using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Storage.Commits;
using Dwapi.Storage.Measurements;
using Dwapi.Storage.Tests.Measurements;
using Dwapi.Storage.Tests.Sqlite;

namespace Dwapi.Storage.Tests.PostgreSql;

/// <summary>Group commit (DECISIONS 16) and what happens when a connection is gone.</summary>
public sealed class PostgreSqlWriterTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly GateProbe _gate = new();
    private TemporaryPostgreSql? _schema;
    private PostgreSqlMeasurementStore? _store;

    public async ValueTask InitializeAsync()
    {
        _schema = await TemporaryPostgreSql.Make(_gate);
        _store = new PostgreSqlMeasurementStore(_schema.Database);
    }

    [Fact]
    public async Task Decision16_AppendsWhileCommitsRun_AreGroupedIntoTheNext()
    {
        _gate.Close(CommitPoint.Taken);
        var first = Append("d0");
        await _gate.Arrived;
        var others = Enumerable.Range(1, 500).Select(d => Append($"d{d}")).ToList();
        _gate.Open();

        await Task.WhenAll([first, .. others]);

        // Four lanes: the first of each may have been alone.
        var statistics = _schema!.Database.Writer.Statistics;
        Assert.Equal((501, 0), (statistics.Requests, statistics.Failures));
        Assert.InRange(statistics.Transactions, 2, 16);
    }

    [Fact]
    public async Task Append_OfOneDeviceWhileItsBatchRuns_KeepsTheOrder()
    {
        _gate.Close(CommitPoint.Taken);
        var appends = new List<Task<AppendResult>> { _store!.Append(Given.Request(0, [Given.Item(1)]), None).AsTask() };
        await _gate.Arrived;
        for (var i = 1; i < 20; i++)
        {
            appends.Add(_store.Append(Given.Request(i, [Given.Item(i + 1)]), None).AsTask());
        }

        _gate.Open();

        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), (await Task.WhenAll(appends)).Select(r => r.Items[0].Sequence));
    }

    [Fact]
    public async Task Batch_OneRequestIsAtFault_OnlyThatOneFails()
    {
        _gate.Close(CommitPoint.Taken);
        var good = Enumerable.Range(0, 40).Select(d => Append($"d{d}")).ToList();
        await _gate.Arrived;
        var bad = _store!.Append(Given.Request(0, [null!], device: "bad"), None).AsTask();
        var refused = _store.Append(Given.Request(0, [Given.Item(0)], device: "not\0text"), None).AsTask();
        good.AddRange(Enumerable.Range(40, 40).Select(d => Append($"d{d}")));
        _gate.Open();

        await Task.WhenAll(good);

        await Assert.ThrowsAsync<NullReferenceException>(() => bad);
        await Assert.ThrowsAsync<MeasurementStoreException>(() => refused);
        Assert.Empty(await _store.GetHeads(Given.Tenant, "bad", None));
        Assert.Single(await _store.GetHeads(Given.Tenant, "d79", None));
        Assert.Null(_schema!.Database.Fault);
    }

    [Fact]
    public async Task Append_AfterTheServerCutIdleConnections_IsCommittedAllTheSame()
    {
        await Append("d0");
        await CutConnections();

        Assert.Equal(1, (await Append("d1")).Items[0].Sequence);
        Assert.Equal(2, (await _store!.Append(Given.Request(1, [Given.Item(0)], device: "d0"), None)).Items[0].Sequence);
        Assert.Equal(0, _schema!.Database.Writer.Statistics.Failures);
    }

    [Fact]
    public async Task Append_ConnectionCutBeforeTheCommit_IsInDoubtAndMayBeSentAgain()
    {
        await Append("d0");
        _gate.Close(CommitPoint.Written);
        var append = _store!.Append(Given.Request(0, [Given.Item(7)], device: "d1"), None).AsTask();
        await _gate.Arrived;
        await CutConnections();
        _gate.Open();

        Assert.True((await Assert.ThrowsAsync<MeasurementStoreException>(() => append)).InDoubt);

        Assert.Empty(await _store.GetHeads(Given.Tenant, "d1", None));
        var again = await _store.Append(Given.Request(0, [Given.Item(7)], device: "d1"), None);
        Assert.Equal((ReportOutcome.Committed, 1L), (again.Items[0].Outcome, again.Items[0].Sequence));
        Assert.Null(_schema!.Database.Fault);
    }

    [Fact]
    public async Task Dispose_WhileRequestsWait_FailsThemAndKeepsWhatWasBeingCommitted()
    {
        _gate.Close(CommitPoint.Written);
        var committing = Append("d0");
        await _gate.Arrived;
        var waiting = Enumerable.Range(1, 20).Select(i => _store!.Append(Given.Request(i, [Given.Item(0)], device: "d0"), None).AsTask()).ToList();
        var closing = _schema!.Database.DisposeAsync().AsTask();
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
    public async Task Cancelled_BeforeItWasTaken_StoresNothing()
    {
        using var cancellation = new CancellationTokenSource();
        _gate.Close(CommitPoint.Taken);
        var first = Append("d0");
        await _gate.Arrived;
        var cancelled = _store!.Append(Given.Request(1, [Given.Item(1)], device: "d0"), cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        _gate.Open();

        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(1, Assert.Single(await _store.GetHeads(Given.Tenant, "d0", None)).Sequence);
    }

    [Fact]
    public async Task Commit_IsSynchronousWhateverTheServerSays()
    {
        Assert.Equal(["on"], await Dwapi.Storage.PostgreSql.PostgreSqlCommands.Query(
            _schema!.Database, "SHOW synchronous_commit", r => r.GetString(0), None));
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Open();
        if (_schema is not null)
        {
            await _schema.DisposeAsync();
        }
    }

    private Task<AppendResult> Append(string device) => _store!.Append(Given.Request(0, [Given.Item(0)], device: device), None).AsTask();

    // Of this test's own sessions: others use the server too.
    private async Task CutConnections()
    {
        await using var admin = Npgsql.NpgsqlDataSource.Create((await Dwapi.Tests.PostgreSql.PrivatePostgreSql.Shared()).ConnectionString + ";Pooling=false");
        await using var cut = admin.CreateCommand($"""
            SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE pid <> pg_backend_pid() AND application_name = '{_schema!.ApplicationName}'
            """);
        Assert.NotNull(await cut.ExecuteScalarAsync());
    }
}
