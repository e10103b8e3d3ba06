using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Storage.Hosting;
using Dwapi.Storage.Measurements;
using Dwapi.Storage.Registry;
using Dwapi.Storage.Tests.Measurements;
using Dwapi.Storage.Tests.PostgreSql;
using Dwapi.Storage.Tests.Sqlite;
using Dwapi.Storage.Usage;

namespace Dwapi.Storage.Tests.Usage;

/// <summary>What a tenant has is counted by what came and what retention took, on all stores alike.</summary>
public sealed class TenantUsageTests : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryDatabase _database = new();
    private TemporaryPostgreSql? _schema;

    [Theory]
    [InlineData(StoreKind.Memory)]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.Postgres)]
    public async Task CountMeasurements_AfterAppendsDuplicatesAndRetention_IsTheNumberOfRows(string kind)
    {
        var (store, _, usage) = await Make(kind);
        await store.Append(0, Given.Item(1, 1000), Given.Item(2, 2000), Given.Item(3, 3000));
        await store.Append(3, Given.Item(3, 3000), Given.Item(4, 4000));
        Assert.Equal(4, await usage.CountMeasurements(Given.Tenant, None));

        await store.Retain(Given.Tenant, Given.Attribute, null, 3000, None);

        Assert.Equal(2, await usage.CountMeasurements(Given.Tenant, None));
        Assert.Equal(0, await usage.CountMeasurements("another", None));
    }

    [Theory]
    [InlineData(StoreKind.Memory)]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.Postgres)]
    public async Task CountDevices_OneServiceOfTwoEdges_CountsOnce(string kind)
    {
        var (_, registry, usage) = await Make(kind);
        var service = new ServiceRegistration("s1", "e1", "S", "", "", "BLE", Online: true, [], [], default, PluginApproval.Automatic);
        await registry.Announce(Given.Tenant, "e1", [service, service with { ServiceId = "s2" }], [], complete: false, None);
        await registry.Announce(Given.Tenant, "e2", [service with { EdgeId = "e2" }], [], complete: false, None);
        Assert.Equal(2, await usage.CountDevices(Given.Tenant, None));

        await registry.Announce(Given.Tenant, "e1", [], ["s2"], complete: false, None);

        Assert.Equal(1, await usage.CountDevices(Given.Tenant, None));
        Assert.Equal(0, await usage.CountDevices("another", None));
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        if (_schema is not null)
        {
            await _schema.DisposeAsync();
        }
    }

    private async Task<(IMeasurementStore Store, IServiceRegistry Registry, ITenantUsage Usage)> Make(string kind)
    {
        if (kind == StoreKind.Postgres)
        {
            _schema = await TemporaryPostgreSql.Make();
            var database = _schema.Database;
            return (new PostgreSqlMeasurementStore(database), new PostgreSqlServiceRegistry(database), new PostgreSqlTenantUsage(database));
        }

        if (kind == StoreKind.Sqlite)
        {
            return (new SqliteMeasurementStore(_database.Database), new SqliteServiceRegistry(_database.Database), new SqliteTenantUsage(_database.Database));
        }

        var measurements = new MemoryMeasurementStore();
        var registry = new MemoryServiceRegistry();
        return (measurements, registry, new MemoryTenantUsage(measurements, registry));
    }
}
