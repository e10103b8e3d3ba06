using System.Text.Json;
using Dwapi.Edge;
using Dwapi.EndToEnd.Tests.Hosts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.EndToEnd.Tests.Applications;

/// <summary>
/// The main job: bytes as Bluetooth devices send them go in at an edge (captures made of public vectors, samples/), and an application
/// that an operator approved gets them by one-shot and over its WebSocket.
/// </summary>
public sealed class RealBytesTests : IAsyncLifetime
{
    private RunningHost _host = null!;
    private OperatorClient _operator = null!;
    private ApplicationClient _application = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await RunningHost.Start("Production", demo: false);
        _operator = _host.Operator();
        _application = new ApplicationClient(_host.Url, "https://ward.example");
        var access = _application.RequestAccess("serviceDiscovery,health");
        await _operator.Decide(await _operator.FirstPendingApproval(), approve: true);
        await access;
    }

    public async ValueTask DisposeAsync()
    {
        _application.Dispose();
        _operator.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Thermometer_FromGattBytes_ToOneShot()
    {
        var thermometer = await OneShotOf("thermometer.jsonl", "thermometer");

        var temperature = thermometer.GetProperty("temperature");
        Assert.Equal("98.6", temperature.GetProperty("value").GetRawText());
        Assert.Equal("FF0003DA", temperature.GetProperty("mderFloat").GetString());
        Assert.Equal("266560", temperature.GetProperty("unitCode").GetString());
        Assert.True(temperature.GetProperty("timeStampByPlugIn").GetBoolean());
        var device = thermometer.GetProperty("device");
        Assert.Equal("HT-1", device.GetProperty("modelNumber").GetString());
        Assert.Equal("HT-1", device.GetProperty("modelName").GetString());
        Assert.Equal(0.51m, device.GetProperty("batteryLevel").GetDecimal());
    }

    [Fact]
    public async Task HeartRateMonitor_FromGattBytes_ToOneShot()
    {
        var heart = await OneShotOf("heart-rate.jsonl", "heart");

        Assert.Equal("74", heart.GetProperty("rate").GetProperty("value").GetRawText());
        Assert.Equal("762.7", heart.GetProperty("rr").GetProperty("value").GetRawText());
        Assert.Equal("FF001DCB", heart.GetProperty("rr").GetProperty("mderFloat").GetString());
        Assert.False(heart.TryGetProperty("energy", out _), "energy was not in the last notification");
        Assert.False(heart.GetProperty("contact").GetBoolean());
    }

    [Fact]
    public async Task BodyCompositionScale_TwoPackets_FromGattBytes_ToOneShot()
    {
        var weight = await OneShotOf("body-composition.jsonl", "weight");

        Assert.Equal("70.000", weight.GetProperty("bodyMass").GetProperty("value").GetRawText());
        Assert.Equal("188736", weight.GetProperty("bodyMass").GetProperty("typeCode").GetString());
        Assert.Equal("10.0", weight.GetProperty("bodyFat").GetProperty("value").GetRawText());
        Assert.Equal("15.000", weight.GetProperty("muscleMass").GetProperty("value").GetRawText());
        Assert.Equal("40.000", weight.GetProperty("bodyWater").GetProperty("value").GetRawText());
        Assert.Equal("188764", weight.GetProperty("bodyWater").GetProperty("typeCode").GetString());
        Assert.False(weight.TryGetProperty("bmi", out _));
    }

    [Fact]
    public async Task WeightScale_FromGattBytes_EveryMeasurementArrivesAsAnEvent()
    {
        var service = await Play("weight.jsonl", "weight");
        var put = await _application.Health("PUT", "weight", service);
        var epoch = put.GetProperty("cursor").GetString()!.Split('.')[0];
        var (socket, _) = await EventSocket.Open(_application);
        using var keep = socket;

        await _application.Health("PUT", "weight", service, $"&since={epoch}.0");

        var head = long.Parse(put.GetProperty("cursor").GetString()!.Split('.')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(head >= 4);
        for (var sequence = 1L; sequence <= head;)
        {
            var frame = await socket.Next();
            if (sequence == 1 && frame.GetProperty("sequence").GetInt64() == head)
            {
                continue; // The first PUT's latest; the second PUT replaced that monitor.
            }

            Assert.Equal(sequence++, frame.GetProperty("sequence").GetInt64());
            Assert.True(frame.GetProperty("weight").GetProperty("bodyMass").GetProperty("value").GetDecimal() > 0);
        }
    }

    private async Task<JsonElement> OneShotOf(string sample, string attribute)
    {
        var service = await Play(sample, attribute);
        var answer = await _application.Health("GET", attribute, service);
        Assert.True(answer.GetProperty("result").GetInt32() == 0, answer.ToString());
        return answer.GetProperty(attribute);
    }

    /// <summary>Plays a capture through a whole edge until the server has acknowledged all of it; the id of its service.</summary>
    private async Task<string> Play(string sample, string attribute)
    {
        await using var edge = new EdgeHost(
            new EdgeOptions
            {
                EdgeId = "ward",
                Key = await _operator.AddEdge("ward"),
                Server = new UriBuilder(_host.Url) { Scheme = "ws" }.Uri,
                DataDirectory = Path.Combine(_host.DataDirectory, "edge"),
                Replay = new ReplayOptions { File = Path.Combine(AppContext.BaseDirectory, "samples", sample), Fast = true },
            },
            NullLoggerFactory.Instance,
            TimeProvider.System);
        await edge.StartAsync(TestContext.Current.CancellationToken);
        await edge.DrainAsync(TestContext.Current.CancellationToken);
        var services = (await _application.Expect("GET", $"/gotapi/serviceDiscovery?accessToken={_application.Token}")).GetProperty("services");
        return services.EnumerateArray()
            .Single(s => s.GetProperty("scopes").EnumerateArray().Any(x => x.GetString() == attribute)).GetProperty("id").GetString()!;
    }
}
