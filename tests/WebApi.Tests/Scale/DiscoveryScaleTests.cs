using System.Collections.Immutable;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.WebApi.Gotapi.Profiles;
using Dwapi.WebApi.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dwapi.WebApi.Tests.Scale;

/// <summary>A page of discovery costs what is on it, however many devices and edges the tenant has.</summary>
public sealed class DiscoveryScaleTests
{
    private const int Edges = 1000;
    private const int DevicesOfEach = 100;

    [Fact]
    public async Task Discovery_HundredThousandDevicesOfAThousandEdges_AsksOnlyTheEdgesOfThePage()
    {
        var calls = new GrainCalls();
        await using var host = await GotapiHost.Start(silo => silo.AddIncomingGrainCallFilter(calls));
        await Fill(host);
        using var application = await Application.WithAccess(host);

        // A page that is full waits for no edge that was asked too, so that calls may arrive after its answer: small pages first, and of
        // the large ones the sum.
        var end = new DiscoveryCursor(EdgeId(Edges - 1), Id(((Edges - 1) * DevicesOfEach) + 49)).ToString();
        var (last, cursor) = await Page(application, $"limit=1000&cursor={end}");
        Assert.Equal(Enumerable.Range(((Edges - 1) * DevicesOfEach) + 50, 50).Select(Id), last);
        Assert.Equal("", cursor);
        Assert.Equal(1, Asked(calls));

        var (small, _) = await Page(application, "limit=10");
        Assert.Equal(Enumerable.Range(0, 10).Select(Id), small);
        Assert.InRange(Asked(calls), 1, 5);

        (var first, cursor) = await Page(application, "limit=1000");
        Assert.Equal(Enumerable.Range(0, 1000).Select(Id), first);
        var asked = Asked(calls);
        Assert.InRange(asked, 10, 30);

        (var next, cursor) = await Page(application, $"limit=1000&cursor={cursor}");
        Assert.Equal(Enumerable.Range(1000, 1000).Select(Id), next);
        Assert.InRange(asked + Asked(calls), 20, 60);
    }

    private static async Task Fill(GotapiHost host)
    {
        var registry = host.Services.GetRequiredService<IServiceRegistry>();
        for (var edge = 0; edge < Edges; edge++)
        {
            var edgeId = EdgeId(edge);
            await host.TenantGrain.EnrolEdge(edgeId, edgeId);
            var services = Enumerable.Range(edge * DevicesOfEach, DevicesOfEach).Select(number => new ServiceRegistration(
                Id(number), edgeId, "Thermometer", "Maker", "1.0", "BLE", Online: true, ["thermometer"], [new ServiceProfile("health", ["thermometer"])], default, PluginApproval.Automatic));
            await registry.Announce(GotapiHost.Tenant, edgeId, [.. services], [], complete: false, CancellationToken.None);
        }
    }

    private static async Task<(IEnumerable<string> Ids, string Cursor)> Page(Application application, string query)
    {
        var answer = await application.Read("serviceDiscovery", query);
        Assert.Equal(0, answer.Error);
        var ids = answer.Json.GetProperty("services").EnumerateArray().Select(service => service.GetProperty("id").GetString()!).ToImmutableArray();
        return (ids, answer.Has("nextCursor") ? answer.String("nextCursor") : "");
    }

    private static int Asked(GrainCalls calls)
    {
        var asked = calls.All.Count(call => call == ("IEdgeGrain", "GetServices"));
        calls.Clear();
        return asked;
    }

    private static string EdgeId(int edge) => $"edge-{edge:0000}";

    private static string Id(int number) => $"thermo-{number:000000}";
}
