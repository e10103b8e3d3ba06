using System.Diagnostics;
using Dwapi.Grains.Ports;
using Dwapi.Storage.Registry;
using Dwapi.Storage.Tests.Sqlite;

namespace Dwapi.Storage.Tests.Registry;

public sealed class SqliteServiceRegistryTests : ServiceRegistryContract, IAsyncDisposable
{
    private readonly TemporaryDatabase _database = new();

    public SqliteServiceRegistryTests() => Registry = new SqliteServiceRegistry(_database.Database);

    protected override IServiceRegistry Registry { get; }

    [Fact]
    public async Task Announce_HundredThousandServices_DoesNotTakeMinutes()
    {
        var services = Enumerable.Range(0, 100_000).Select(i => Service($"aa:bb:cc:{i:x6}")).ToArray();
        var watch = Stopwatch.StartNew();

        var changes = await Announce("edge-1", services);

        Assert.Equal(100_000, changes.Length);
        var first = watch.Elapsed;
        Assert.Empty(await Announce("edge-1", services));
        TestContext.Current.TestOutputHelper?.WriteLine($"first {first}, again {watch.Elapsed - first}");

        // Two seconds are the aim on an idle machine; this is a net for what grows with the square of it.
        Assert.InRange(first, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
