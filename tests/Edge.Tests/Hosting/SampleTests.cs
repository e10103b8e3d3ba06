using System.Text.Json;
using Dwapi.Edge.Link;
using Dwapi.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Edge.Tests.Hosting;

public sealed class SampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, string[]> Samples => new()
    {
        { "thermometer", "ble-c00000001809 thermometer", ["temperature=37.60", "temperature=36.4", "temperature=98.6"] },
        { "heart-rate", "ble-c0000000180d heart", ["rate=85", "rate=85", "rate=257", "rate=74"] },
        { "weight", "ble-c0000000181d weight", ["bodyMass=70.000", "bodyMass=70.000", "bodyMass=157.00", "bodyMass=70.000"] },
        { "body-composition", "ble-c0000000181b weight", ["bodyMass=70.000", "bodyMass=70.000", "bodyMass=70.000", "bodyMass=70.000"] },
        { "blood-pressure", "ble-c00000001810 bloodPressure", ["systolic=138", "systolic=18.9", "systolic=18.9"] },
        { "glucose", "ble-c00000001808 glucometer", ["glucose=120", "glucose=6.7"] },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Replay_EverySample_ReachesTheServerWhole(string name, string service, string[] values)
    {
        await using var server = await AckingServer.StartAsync();
        await using var edge = new EdgeHost(Options(server, name), NullLoggerFactory.Instance, TimeProvider.System);

        await edge.StartAsync(default);
        await edge.DrainAsync(Patience.Token);

        var items = server.Items().Select(item => item.Value).ToList();
        Assert.All(items, item => Assert.Equal(service, $"{item.ServiceId} {item.Attribute}"));
        Assert.Equal(values, items.Select(item => First(item.Quantities)));
        Assert.Equal((0, 0), (edge.Status.RefusedPayloads, edge.Status.WithoutValue));
        Assert.Equal((items.Count, items.Count), (edge.Status.Acknowledged, edge.Status.Last));
    }

    [Fact]
    public async Task Replay_PulseOximeter_CountsTheValueThatIsNone()
    {
        await using var server = await AckingServer.StartAsync();
        await using var edge = new EdgeHost(Options(server, "pulse-oximeter"), NullLoggerFactory.Instance, TimeProvider.System);

        await edge.StartAsync(default);
        await edge.DrainAsync(Patience.Token);

        Assert.Equal(["spo2=98", "spo2=98.0", "spo2=97"], server.Items().Select(item => First(item.Value.Quantities)));
        Assert.Equal((0, 1), (edge.Status.RefusedPayloads, edge.Status.WithoutValue));
    }

    [Fact]
    public async Task Replay_BodyComposition_AnnouncesItsScopeAndWhatTheDeviceSaysOfItself()
    {
        await using var server = await AckingServer.StartAsync();
        await using var edge = new EdgeHost(Options(server, "body-composition"), NullLoggerFactory.Instance, TimeProvider.System);

        await edge.StartAsync(default);
        await edge.DrainAsync(Patience.Token);

        var service = Assert.Single(server.Services.Values);
        Assert.Equal(["weight", "bca"], service.Scopes);
        Assert.Equal("BC-1", JsonDocument.Parse(service.Device).RootElement.GetProperty("modelNumber").GetString());
    }

    [Fact]
    public async Task Stop_AndStartAgain_GoesOnInTheSameEpoch()
    {
        await using var server = await AckingServer.StartAsync();
        var options = Options(server, "weight");
        string epoch;
        await using (var first = new EdgeHost(options, NullLoggerFactory.Instance, TimeProvider.System))
        {
            await first.StartAsync(default);
            await first.DrainAsync(Patience.Token);
            epoch = first.Status.Epoch;
            await first.StopAsync(default);
            Assert.Equal(LinkState.Stopped, first.Status.Link.State);
        }

        await using var second = new EdgeHost(options, NullLoggerFactory.Instance, TimeProvider.System);
        await second.StartAsync(default);
        await second.DrainAsync(Patience.Token);

        Assert.Equal(epoch, second.Status.Epoch);
        Assert.Equal(Enumerable.Range(1, 8).Select(i => (long)i), server.Items().Select(item => item.Key));
    }

    public void Dispose() => _folder.Dispose();

    private static string First(string quantities)
    {
        var part = JsonDocument.Parse(quantities).RootElement.EnumerateObject().First();
        return $"{part.Name}={part.Value.GetProperty("value").GetRawText()}";
    }

    private EdgeOptions Options(AckingServer server, string sample) => new()
    {
        Server = server.Address,
        Key = "k",
        DataDirectory = _folder["data"],
        Replay = { File = SampleFolder.File($"{sample}.jsonl"), Fast = true },
    };
}
