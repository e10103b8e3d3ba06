using System.Diagnostics;
using Dwapi.Grains.Ports;
using Dwapi.Storage.Registry;
using Dwapi.Storage.Tests.PostgreSql;

namespace Dwapi.Storage.Tests.Registry;

public sealed class PostgreSqlServiceRegistryTests : ServiceRegistryContract, IAsyncLifetime
{
    private TemporaryPostgreSql? _schema;
    private IServiceRegistry? _registry;

    protected override IServiceRegistry Registry => _registry!;

    public async ValueTask InitializeAsync()
    {
        _schema = await TemporaryPostgreSql.Make();
        _registry = new PostgreSqlServiceRegistry(_schema.Database);
    }

    [Fact]
    public async Task Announce_NewServicesByEdgesOfSeveralSilosAtOnce_HaveOneOwnerEach()
    {
        var others = new List<IServiceRegistry> { Registry };
        for (var i = 0; i < 3; i++)
        {
            others.Add(new PostgreSqlServiceRegistry(await _schema!.Open()));
        }

        var services = Enumerable.Range(0, 50).Select(i => Service($"s{i:00}")).ToArray();
        await Task.WhenAll(others.Select((registry, i) =>
            registry.Announce("clinic", $"edge-{i}", [.. services], [], complete: true, CancellationToken.None)));

        var listed = new List<RegisteredService>();
        for (var i = 0; i < others.Count; i++)
        {
            listed.AddRange(await Registry.GetPage("clinic", $"edge-{i}", "", 100, CancellationToken.None));
        }

        Assert.Equal(services.Select(s => s.ServiceId), listed.Select(l => l.Registration.ServiceId).Order(StringComparer.Ordinal));
        Assert.All(listed, l => Assert.Equal(4, l.Announcers));
    }

    [Fact]
    public async Task Announce_TwentyThousandServices_DoesNotTakeMinutes()
    {
        var services = Enumerable.Range(0, 20_000).Select(i => Service($"aa:bb:cc:{i:x6}")).ToArray();
        var watch = Stopwatch.StartNew();

        Assert.Equal(services.Length, (await Announce("edge-1", services)).Length);
        Assert.Empty(await Announce("edge-1", services));

        TestContext.Current.TestOutputHelper?.WriteLine($"{watch.Elapsed}");

        // A net for what grows with the square of it.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        if (_schema is not null)
        {
            await _schema.DisposeAsync();
        }
    }
}
