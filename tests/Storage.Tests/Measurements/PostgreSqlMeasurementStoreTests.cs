using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Storage.Measurements;
using Dwapi.Storage.PostgreSql;
using Dwapi.Storage.Tests.PostgreSql;

namespace Dwapi.Storage.Tests.Measurements;

public sealed class PostgreSqlMeasurementStoreTests : MeasurementStoreContract, IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private TemporaryPostgreSql? _schema;
    private IMeasurementStore? _store;

    protected override IMeasurementStore Store => _store!;

    public async ValueTask InitializeAsync()
    {
        _schema = await TemporaryPostgreSql.Make();
        _store = new PostgreSqlMeasurementStore(_schema.Database);
    }

    [Fact]
    public async Task Open_ByAnotherSilo_SeesTheSameEpochRowsHeadsAndPositions()
    {
        await Store.Append(0, Given.Item(1, 1000, identity: 4), Given.Item(2, 2000));

        var other = new PostgreSqlMeasurementStore(await _schema!.Open());

        Assert.Equal(Store.Epoch, other.Epoch);
        Assert.Equal([1, 2], (await other.After(0)).Sequences());
        Assert.Equal(2, (await other.Head()).Latest.Sequence);
        Assert.Equal([1, 2], await other.GetPositions(Given.Tenant, "edge-1", "e1", 0, None));
    }

    [Fact]
    public async Task Decision13_TwoSilosWithTheSameHead_OneWinsEachTimeAndNothingIsLostOrDoubled()
    {
        IMeasurementStore[] silos = [Store, new PostgreSqlMeasurementStore(await _schema!.Open())];
        const int Rounds = 100;
        var (position, wins) = (0, new int[2]);
        for (var round = 0; round < Rounds; round++)
        {
            // Both believe in the same head, as two short-lived activations of a device do; each has items of its own.
            var first = position;
            position += 4;
            var results = await Task.WhenAll(silos.Select((silo, i) => Task.Run(() => silo.Append(
                Given.Request(round * 2, [Given.Item(first + (i * 2) + 1), Given.Item(first + (i * 2) + 2)]), None).AsTask())));

            var winner = Assert.Single(results, r => !r.Conflict);
            Assert.Equal([(round * 2) + 1, (round * 2) + 2], winner.Items.Select(i => (int)i.Sequence));
            Assert.All(Assert.Single(results, r => r.Conflict).Outcomes(), o => Assert.Equal(ReportOutcome.Repeat, o));
            wins[Array.IndexOf(results, winner)]++;
        }

        Assert.Equal(Enumerable.Range(1, Rounds * 2).Select(s => (long)s), (await Store.After(0)).Sequences());
        Assert.Equal(Rounds * 2, (await Store.GetPositions(Given.Tenant, "edge-1", "e1", 0, None)).Length);
        TestContext.Current.TestOutputHelper?.WriteLine($"wins: {wins[0]} and {wins[1]}");
    }

    [Fact]
    public async Task Decision14_SameItemsThroughTwoSilos_AreCommittedOnce()
    {
        IMeasurementStore[] silos = [Store, new PostgreSqlMeasurementStore(await _schema!.Open())];
        for (var round = 0; round < 50; round++)
        {
            var request = Given.Request(round, [Given.Item(round + 1, identity: (byte)(round + 1))]);

            var results = await Task.WhenAll(silos.Select(silo => Task.Run(() => silo.Append(request, None).AsTask())));

            Assert.Equal([ReportOutcome.Committed, ReportOutcome.Duplicate], results.SelectMany(r => r.Outcomes()).Order());
            Assert.All(results, r => Assert.False(r.Conflict));
        }

        Assert.Equal(50, (await Store.Head()).Sequence);
    }

    [Fact]
    public async Task Append_BatchWithThePositionOfAnotherDevice_CommitsIt()
    {
        // A broken edge: one position for two devices. The first one has it.
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            d => Store.Append(Given.Request(0, [Given.Item(1)], device: $"d{d}"), None).AsTask()));

        Assert.Single(results.SelectMany(r => r.Outcomes()), o => o == ReportOutcome.Committed);
    }

    [Theory]
    [InlineData("2026-11-25T12:00:00Z", "measurement_2026_11")]
    [InlineData("2026-03-31T23:59:59Z", "measurement_2026_03")]
    [InlineData("2024-11-01T00:00:00Z", "measurement_2024_11")]
    [InlineData("2024-10-31T23:59:59Z", "measurement_other")]
    [InlineData("2027-01-31T23:59:59Z", "measurement_2027_01")]
    [InlineData("2027-02-01T00:00:00Z", "measurement_other")]
    [InlineData("0001-01-01T00:00:00Z", "measurement_other")]
    [InlineData("9999-12-31T23:59:59Z", "measurement_other")]
    public async Task Append_OfAnyMonth_FindsItsPlaceAndIsReadBack(string time, string partition)
    {
        var measuredAt = DateTimeOffset.Parse(time, null).ToUnixTimeMilliseconds();

        // A schema of its own: the other one has the months ahead of today already.
        await using var schema = await TemporaryPostgreSql.Make(time: new Clock("2026-11-25T00:00:00Z"));
        var database = schema.Database;
        var store = new PostgreSqlMeasurementStore(database);

        await store.Append(0, Given.Item(1, measuredAt));

        Assert.Equal(measuredAt, (await store.Head()).Latest.MeasuredAt);
        Assert.Equal([1], (await store.After(0)).Sequences());
        Assert.Equal([partition], await database.Query("SELECT tableoid::regclass::text FROM measurement", r => r.GetString(0), None));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public async Task Append_OfNoTimeAtAll_FindsAPlace(long measuredAt)
    {
        await Store.Append(0, Given.Item(1, measuredAt));

        Assert.Equal(measuredAt, (await Store.Head()).Latest.MeasuredAt);
    }

    [Fact]
    public async Task Open_MakesThisMonthAndTheNextOnesAhead()
    {
        var database = await _schema!.Open(time: new Clock("2031-12-05T00:00:00Z"));

        var months = await database.Query(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'measurement'::regclass", r => r.GetString(0), None);

        Assert.Subset(months.ToHashSet(), new HashSet<string> { "measurement_2031_12", "measurement_2032_01", "measurement_2032_02" });
    }

    [Fact]
    public async Task GetHistory_OverSeveralMonths_IsInOrderInBothDirections()
    {
        var store = new PostgreSqlMeasurementStore(await _schema!.Open(time: new Clock("2026-11-25T00:00:00Z")));
        var times = Enumerable.Range(0, 30).Select(i => DateTimeOffset.Parse("2024-06-15T00:00:00Z", null).AddMonths(i).ToUnixTimeMilliseconds()).ToList();
        await store.Append(0, [.. times.Select((t, i) => Given.Item(i + 1, t))]);
        foreach (var newestFirst in new[] { false, true })
        {
            var seen = new List<long>();
            var query = new HistoryQuery(Given.Attribute, 0, long.MaxValue, newestFirst, "", 7);
            do
            {
                var page = await store.GetHistory(Given.Tenant, Given.Device, query, None);
                seen.AddRange(page.Measurements.Select(m => m.MeasuredAt));
                query = query with { Cursor = page.NextCursor };
            }
            while (query.Cursor.Length > 0);

            Assert.Equal(newestFirst ? times.AsEnumerable().Reverse() : times, seen);
        }

        Assert.Equal(Enumerable.Range(1, 30).Select(i => (long)i), (await store.After(0)).Sequences());
    }

    [Fact]
    public async Task GetHeads_ReadsTheLatestRowByAnIndexOfItsOwnMonthOnly()
    {
        await Store.Append(0, Given.Item(1, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));

        // With tables of a real size: what the planner does with empty ones says nothing.
        var plan = await _schema!.Database.Run(
            async (connection, token) =>
            {
                await connection.Query("SELECT set_config('enable_seqscan', 'off', false)", _ => 0, token);
                return await connection.Query("EXPLAIN (ANALYZE, TIMING OFF) " + PostgreSqlMeasurementReads.Latest, r => r.GetString(0), token, Given.Tenant, Given.Device);
            },
            None);

        Assert.Contains(plan, line => line.Contains("Index Scan", StringComparison.Ordinal) && line.Contains("on measurement_", StringComparison.Ordinal)
            && line.Contains("rows=1 loops=1", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
        Assert.Single(plan, line => line.Contains("on measurement_", StringComparison.Ordinal) && !line.Contains("never executed", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (_schema is not null)
        {
            await _schema.DisposeAsync();
        }
    }

    private sealed class Clock(string now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.Parse(now, null);
    }
}
