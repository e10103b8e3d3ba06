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

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
