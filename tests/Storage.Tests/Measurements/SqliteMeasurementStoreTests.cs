using Dwapi.Grains.Ports;
using Dwapi.Storage.Measurements;
using Dwapi.Storage.Tests.Sqlite;

namespace Dwapi.Storage.Tests.Measurements;

public sealed class SqliteMeasurementStoreTests : MeasurementStoreContract, IAsyncDisposable
{
    private readonly TemporaryDatabase _database = new();

    public SqliteMeasurementStoreTests() => Store = new SqliteMeasurementStore(_database.Database);

    protected override IMeasurementStore Store { get; }

    [Fact]
    public async Task Reopen_KeepsEpochRowsHeadsAndPositions()
    {
        await Store.Append(0, Given.Item(1, 1000, identity: 4), Given.Item(2, 2000));
        var epoch = Store.Epoch;

        await _database.Reopen();

        var reopened = new SqliteMeasurementStore(_database.Database);
        Assert.Equal(epoch, reopened.Epoch);
        Assert.Equal([1, 2], (await reopened.After(0)).Sequences());
        Assert.Equal(2, (await reopened.Head()).Latest.Sequence);
        Assert.Equal([1, 2], await reopened.GetPositions(Given.Tenant, "edge-1", "e1", 0, CancellationToken.None));
    }

    [Theory]
    [InlineData(true, "measurement_continuous")]
    [InlineData(null, "measurement_by_time")]
    public async Task Retain_FindsWhatIsOldByAnIndexAndReadsNothingThatStays(bool? continuous, string index)
    {
        var plan = await _database.Database.Read(
            continuous,
            static (session, kind) =>
            {
                var statement = session.Prepare("EXPLAIN QUERY PLAN " + SqliteRetention.RemovalOf(kind)).Bind(1, 1).Bind(2, 1).Bind(3, 1);
                var lines = new List<string>();
                while (statement.Step())
                {
                    lines.Add(statement.Text(3));
                }

                return lines;
            },
            CancellationToken.None);

        Assert.Single(plan, line => line.Contains($"INDEX {index} (head=? AND measured_at<?)", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("SCAN measurement", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
