using System.Text.Json;
using Dwapi.Gotapi.Health;
using Dwapi.Grains.Tests.Runtime;
using Dwapi.WebApi.Events;
using Dwapi.WebApi.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dwapi.WebApi.Tests.Events;

/// <summary>Asynchronous messages (dwapi-health, DECISIONS 2, 9, 17, 18).</summary>
public sealed class EventTests(SharedHost shared)
{
    private GotapiHost Host => shared.Host;

    [Fact]
    public async Task Event_Frame_HasTheFieldsOfTheTable()
    {
        var (application, device) = await Ready();
        await using var socket = await TestSocket.Connect(application);
        var cursor = (await application.Put(device.Path, device.Query)).String("cursor");
        await device.Measure("36.40");
        var frame = await socket.Next();
        Assert.Equal(
            ["serviceId", "profile", "attribute", "result", "thermometer", "sequence", "cursor"], frame.EnumerateObject().Select(member => member.Name));
        Assert.Equal((device.ServiceId, "health", "thermometer", 0), (
            frame.GetProperty("serviceId").GetString(), frame.GetProperty("profile").GetString(), frame.GetProperty("attribute").GetString(), frame.GetProperty("result").GetInt32()));
        var members = frame.GetProperty("thermometer").GetProperty("device").EnumerateObject().Select(member => member.Name);
        Assert.Equal(["batteryLevel"], members);
        Assert.Equal("36.40", Value(frame));
        Assert.Equal(1, frame.GetProperty("sequence").GetInt64());
        Assert.Equal(cursor[..^1] + "1", frame.GetProperty("cursor").GetString());
    }

    [Fact]
    public async Task Shall14_Event_CarriesNoToken()
    {
        var (application, device) = await Ready();
        await using var socket = await TestSocket.Connect(application);
        await application.Put(device.Path, device.Query);
        await device.Measure("36.40");
        var text = await socket.NextText();
        Assert.DoesNotContain(application.ClientId, text, StringComparison.Ordinal);
        Assert.DoesNotContain("accessToken", text, StringComparison.Ordinal);
        Assert.DoesNotContain(application.Origin!, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asynchronous_Put_SendsTheLatestAtOnceThenEveryNewOneInOrder()
    {
        var (application, device) = await Ready();
        await device.Measure("36.1", "36.2");
        await using var socket = await TestSocket.Connect(application);
        await application.Put(device.Path, device.Query);
        Assert.Equal("36.2", Value(await socket.Next()));
        await device.Measure("36.3", "36.4");
        await device.Measure("36.5");
        var values = await Values(socket, 3);
        Assert.Equal(["36.3", "36.4", "36.5"], values);
    }

    [Fact]
    public async Task Asynchronous_StoredMeasurements_AllArriveInTheOrderOfSequences()
    {
        var (application, device) = await Ready();
        await using var socket = await TestSocket.Connect(application);
        await application.Put(device.Path, device.Query);
        await device.MeasureAt("37.0", Host.Clock.Now);
        var stored = Enumerable.Range(0, 25).Select(n => $"36.{n:00}").ToArray();
        foreach (var (value, n) in stored.Select((value, n) => (value, n)))
        {
            await device.MeasureAt(value, Host.Clock.Now.AddHours(-30 + n));
        }

        string[] expected = ["37.0", .. stored];
        Assert.Equal(expected, await Values(socket, 26));
        Assert.Equal("37.0", Value(JsonDocument.Parse((await application.Read(device.Path, device.Query)).Text).RootElement));
    }

    [Fact]
    public async Task Delete_NoMoreEvents()
    {
        await using var host = await GotapiHost.Start();
        var edge = await TestEdge.Connect(host);
        var device = await edge.AddHealth(HealthAttributes.Thermometer);
        var other = await edge.AddHealth(HealthAttributes.Thermometer);
        using var application = await Application.WithAccess(host);
        await using var socket = await TestSocket.Connect(application);
        await application.Put(device.Path, device.Query);
        await application.Put(other.Path, other.Query);
        await Feeds(host, 2);
        await device.Measure("36.1");
        Assert.Equal("36.1", Value(await socket.Next()));
        await application.Delete(device.Path, device.Query);
        await Feeds(host, 1);
        await device.Measure("36.2");
        await other.Measure("36.3");
        Assert.Equal("36.3", Value(await socket.Next()));
    }

    [Fact]
    public async Task SystemEvents_Delete_StopsEveryMonitorOfTheClient()
    {
        await using var host = await GotapiHost.Start();
        var edge = await TestEdge.Connect(host);
        var device = await edge.AddHealth(HealthAttributes.Thermometer);
        var other = await edge.AddHealth(HealthAttributes.Thermometer);
        using var application = await Application.WithAccess(host);
        await using var socket = await TestSocket.Connect(application);
        await application.Put(device.Path, device.Query);
        await Feeds(host, 1);
        Assert.Equal(0, (await application.Delete("system/events")).Error);
        await Feeds(host, 0);
        await device.Measure("36.2");
        await application.Put(other.Path, other.Query);
        await other.Measure("36.3");
        Assert.Equal("36.3", Value(await socket.Next()));
    }

    [Fact]
    public async Task Decision02_PutBeforeTheFirstSocket_LatestAsOfThePutThenEverythingAbove()
    {
        var (application, device) = await Ready();
        await device.Measure("36.1", "36.2");
        await application.Put(device.Path, device.Query);
        await device.Measure("36.3", "36.4");
        await using var socket = await TestSocket.Connect(application);
        var values = await Values(socket, 3);
        Assert.Equal(["36.2", "36.3", "36.4"], values);
    }

    [Fact]
    public async Task Decision02_LostSocket_TheNextOneResumesAfterTheLastEventHandedOver()
    {
        var (application, device) = await Ready();
        await using (var first = await TestSocket.Connect(application))
        {
            await application.Put(device.Path, device.Query);
            await device.Measure("36.1");
            Assert.Equal("36.1", Value(await first.Next()));
        }

        await Eventually.Is(() => Host.Session(application.ClientId).IsConnected(), connected => !connected);
        await device.Measure("36.2", "36.3");
        await using var second = await TestSocket.Connect(application);
        var values = await Values(second, 2);
        Assert.Equal(["36.2", "36.3"], values);
    }

    [Fact]
    public async Task Decision02_RepeatedPut_ReplacesAndSendsTheLatestAgain()
    {
        var (application, device) = await Ready();
        await device.Measure("36.1");
        await using var socket = await TestSocket.Connect(application);
        await application.Put(device.Path, device.Query);
        Assert.Equal("36.1", Value(await socket.Next()));
        await application.Put(device.Path, device.Query);
        Assert.Equal("36.1", Value(await socket.Next()));
        await device.Measure("36.2");
        await device.Measure("36.3");
        var values = await Values(socket, 2);
        Assert.Equal(["36.2", "36.3"], values);
    }

    [Fact]
    public async Task Decision02_MonitorWithoutASocket_EndsAfterTheGrace()
    {
        await using var host = await GotapiHost.Start();
        var edge = await TestEdge.Connect(host);
        var device = await edge.AddHealth(HealthAttributes.Thermometer);
        using var application = await Application.WithAccess(host);
        await device.Measure("36.1");
        await application.Put(device.Path, device.Query);
        var other = await edge.AddHealth(HealthAttributes.Thermometer);
        host.Clock.Advance(TimeSpan.FromSeconds(61));
        await using var socket = await TestSocket.Connect(application);
        await other.Measure("36.9");
        await application.Put(other.Path, other.Query);
        Assert.Equal("36.9", Value(await socket.Next()));
    }

    [Fact]
    public async Task Decision09_Since_ReplaysWhatWasMissedAndNothingElse()
    {
        var (application, device) = await Ready();
        await device.Measure("36.1");
        var cursor = (await application.Put(device.Path, device.Query)).String("cursor");
        await device.Measure("36.2", "36.3");
        await using var socket = await TestSocket.Connect(application);
        await application.Put(device.Path, device.Query + "&since=" + cursor);
        var frames = new List<JsonElement>();
        while (frames.Count == 0 || Value(frames[^1]) != "36.4")
        {
            frames.Add(await socket.Next());
            if (frames.Count(frame => Value(frame) == "36.3") == 1 && frames.Count < 6 && Value(frames[^1]) == "36.3")
            {
                await device.Measure("36.4");
            }
        }

        Assert.Equal(["36.2", "36.3", "36.4"], frames.TakeLast(3).Select(Value));
        Assert.DoesNotContain(frames.TakeLast(3), frame => frame.TryGetProperty("gap", out _));
    }

    [Theory]
    [InlineData("otherepoch.1")]
    [InlineData("otherepoch.999")]
    public async Task Decision09_SinceOfAnotherEpoch_SaysGapAndGivesTheOldest(string since)
    {
        var (application, device) = await Ready();
        await device.Measure("36.1", "36.2");
        await using var socket = await TestSocket.Connect(application);
        await application.Put(device.Path, device.Query + "&since=" + since);
        var first = await socket.Next();
        Assert.Equal("36.1", Value(first));
        Assert.True(first.GetProperty("gap").GetBoolean());
        var second = await socket.Next();
        Assert.Equal("36.2", Value(second));
        Assert.False(second.TryGetProperty("gap", out _));
    }

    [Fact]
    public async Task Decision09_LongReplay_LosesNothing()
    {
        var (application, device) = await Ready();
        var values = Enumerable.Range(0, 1000).Select(n => $"{n}").ToArray();
        await device.Measure(values);
        var epoch = (await application.Put(device.Path, device.Query)).String("cursor").Split('.')[0];
        await application.Delete(device.Path, device.Query);
        await using var socket = await TestSocket.Connect(application);
        await application.Put(device.Path, device.Query + $"&since={epoch}.0");
        Assert.Equal(values, await Values(socket, 1000));
    }

    [Fact]
    public async Task Decision17_TwoSocketsOfOneDevice_ShareOneFeed()
    {
        await using var host = await GotapiHost.Start();
        var edge = await TestEdge.Connect(host);
        var device = await edge.AddHealth(HealthAttributes.Thermometer);
        using var one = await Application.WithAccess(host);
        using var other = await Application.WithAccess(host);
        await using var first = await TestSocket.Connect(one);
        await using var second = await TestSocket.Connect(other);
        await one.Put(device.Path, device.Query);
        await other.Put(device.Path, device.Query);
        await device.Measure("36.1");
        Assert.Equal("36.1", Value(await first.Next()));
        Assert.Equal("36.1", Value(await second.Next()));
        Assert.Equal(1, host.Services.GetRequiredService<EventHub>().Feeds);
        await one.Delete(device.Path, device.Query);
        await other.Delete(device.Path, device.Query);
        await Feeds(host, 0);
    }

    [Fact]
    public async Task Decision18_Intermediate_IsShownAndNeverLatest()
    {
        var (application, device) = await Ready();
        await device.Measure("36.1");
        await using var socket = await TestSocket.Connect(application);
        var cursor = (await application.Put(device.Path, device.Query)).String("cursor");
        Assert.Equal("36.1", Value(await socket.Next()));
        var shown = socket.Next();
        while (!shown.IsCompleted)
        {
            await device.MeasureIntermediate("35.0");
            await Task.WhenAny(shown, Task.Delay(1, TestContext.Current.CancellationToken));
        }

        var frame = await shown;
        Assert.Equal("35.0", Value(frame));
        Assert.True(frame.GetProperty("intermediate").GetBoolean());
        Assert.False(frame.TryGetProperty("sequence", out _));
        Assert.Equal(cursor, frame.GetProperty("cursor").GetString());
        Assert.Equal("36.1", Value((await application.Read(device.Path, device.Query)).Json));
    }

    [Fact]
    public async Task LostStreamMessage_NextEvent_TheHoleIsReadAgainInOrder()
    {
        await using var host = await GotapiHost.Start();
        var (application, device, socket) = await Watching(host);
        await using var watching = socket;
        await device.Measure("36.1");
        Assert.Equal("36.1", Value(await socket.Next()));
        host.StreamProvider.Lossy = true;
        await device.Measure("36.2", "36.3");
        host.StreamProvider.Lossy = false;
        await device.Measure("36.4");
        var values = await Values(socket, 3);
        Assert.Equal(["36.2", "36.3", "36.4"], values);
        application.Dispose();
    }

    [Fact]
    public async Task LostStreamMessage_NoFurtherEvent_TheHeadCheckReadsItWithin5Seconds()
    {
        await using var host = await GotapiHost.Start();
        var (application, device, socket) = await Watching(host);
        await using var watching = socket;
        await device.Measure("36.1");
        Assert.Equal("36.1", Value(await socket.Next()));
        host.StreamProvider.Lossy = true;
        await device.Measure("36.2");
        await Pass5Seconds(host);

        Assert.Equal("36.2", Value(await socket.Next()));
        application.Dispose();
    }

    [Fact]
    public async Task LostStreamMessages_MoreThanASocketsQueueHolds_AreReadAgainWithoutAGap()
    {
        await using var host = await GotapiHost.Start();
        var (application, device, socket) = await Watching(host);
        await using var watching = socket;
        await device.Measure("35.9");
        Assert.Equal("35.9", Value(await socket.Next()));
        var missed = Enumerable.Range(0, 300).Select(n => $"{n}").ToArray();
        host.StreamProvider.Lossy = true;
        await device.Measure(missed);
        host.StreamProvider.Lossy = false;
        await device.Measure("36.4");
        foreach (var value in missed.Append("36.4"))
        {
            var frame = await socket.Next();
            Assert.Equal(value, Value(frame));
            Assert.False(frame.TryGetProperty("gap", out _));
        }

        application.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Notifications_LostDelayedAndReordered_EveryEventArrivesOnceAndInOrder(int seed)
    {
        const int Events = 60;
        await using var host = await GotapiHost.Start();
        var (application, device, socket) = await Watching(host);
        await using var watching = socket;
        var random = new Random(seed);
        host.StreamProvider.Fates = () => random.GetItems([Fate.Lost, Fate.Arrives, Fate.AfterTheNext, Fate.AfterFive], 1)[0];
        var expected = Enumerable.Range(1, Events).Select(n => $"{30 + (n / 10)}.{n % 10}").ToArray();
        for (var i = 0; i < Events - 1; i += 3)
        {
            await device.Measure(expected[i], expected[i + 1]);
            await device.Measure(expected[i + 2]);
        }

        // What the last ones lost is found by the head check.
        host.StreamProvider.Lossy = true;
        await Pass5Seconds(host);

        Assert.Equal(expected, await Values(socket, Events));
        application.Dispose();
    }

    [Fact]
    public async Task SilentStream_IsSubscribedAnew_AndTellsAgain()
    {
        await using var host = await GotapiHost.Start();
        var (application, device, socket) = await Watching(host);
        await using var watching = socket;
        await device.Measure("36.0");
        Assert.Equal("36.0", Value(await socket.Next()));
        host.StreamProvider.Forgotten = true;
        foreach (var value in (string[])["36.1", "36.2", "36.3"])
        {
            await device.Measure(value);
            await Pass5Seconds(host);
            Assert.Equal(value, Value(await socket.Next()));
        }

        await Eventually.Is(() => ValueTask.FromResult(host.StreamProvider.Forgotten), forgotten => !forgotten);

        // The clock stands still: only the stream can tell this one.
        await device.Measure("36.4");
        Assert.Equal("36.4", Value(await socket.Next()));
        application.Dispose();
    }

    [Fact]
    public async Task StuckStream_DoesNotHoldUpTheReport()
    {
        await using var host = await GotapiHost.Start();
        var (application, device, socket) = await Watching(host);
        await using var watching = socket;
        await device.Measure("36.0");
        Assert.Equal("36.0", Value(await socket.Next()));
        host.StreamProvider.Stuck = true;

        var report = device.Measure("36.1");

        await Eventually.Is(
            () =>
            {
                host.Clock.Advance(TimeSpan.FromSeconds(1));
                return ValueTask.FromResult(report.IsCompleted);
            },
            completed => completed);
        await report;
        application.Dispose();
    }

    [Fact]
    public async Task OnServiceChange_ServiceAppearsAndGoes_IsSentInBothForms()
    {
        await using var host = await GotapiHost.Start();
        var edge = await TestEdge.Connect(host);
        using var application = await Application.WithAccess(host);
        await using var socket = await TestSocket.Connect(application);
        Assert.Equal(0, (await application.Put("serviceDiscovery/onservicechange")).Error);
        var device = await edge.AddHealth(HealthAttributes.Heart);
        var frame = await socket.Next();
        Assert.Equal(("serviceDiscovery", "onServiceChange", 0), (
            frame.GetProperty("profile").GetString(), frame.GetProperty("attribute").GetString(), frame.GetProperty("result").GetInt32()));
        var change = frame.GetProperty("networkService");
        Assert.Equal((device.ServiceId, true), (change.GetProperty("id").GetString(), change.GetProperty("state").GetBoolean()));
        Assert.Equal(device.ServiceId, Assert.Single(change.GetProperty("services").EnumerateArray()).GetProperty("id").GetString());
        await edge.Remove(device.ServiceId);
        Assert.False((await socket.Next()).GetProperty("networkService").GetProperty("state").GetBoolean());
        Assert.Equal(0, (await application.Delete("serviceDiscovery/onServiceChange")).Error);
    }

    private static string Value(JsonElement frame) =>
        frame.GetProperty("thermometer").GetProperty("temperature").GetProperty("value").GetRawText();

    private static async Task<string[]> Values(TestSocket socket, int count)
    {
        var values = new string[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Value(await socket.Next());
        }

        return values;
    }

    /// <summary>The answer to an application does not wait until its node was told of a monitor.</summary>
    private static Task Feeds(GotapiHost host, int expected)
    {
        var hub = host.Services.GetRequiredService<EventHub>();
        return Eventually.Is(() => ValueTask.FromResult(hub.Feeds), feeds => feeds == expected);
    }

    /// <summary>Every head is compared once, and what that found is put right.</summary>
    private static async Task Pass5Seconds(GotapiHost host)
    {
        for (var i = 0; i < 20; i++)
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(250));
        }

        var hub = host.Services.GetRequiredService<EventHub>();
        await Eventually.Is(() => ValueTask.FromResult(hub.IsChecking), checking => !checking);
    }

    private static async Task<(Application Application, TestDevice Device, TestSocket Socket)> Watching(GotapiHost host)
    {
        var edge = await TestEdge.Connect(host);
        var device = await edge.AddHealth(HealthAttributes.Thermometer);
        var application = await Application.WithAccess(host);
        var socket = await TestSocket.Connect(application);
        await application.Put(device.Path, device.Query);
        return (application, device, socket);
    }

    private async Task<(Application Application, TestDevice Device)> Ready() =>
        (await Application.WithAccess(Host), await shared.Edge.AddHealth(HealthAttributes.Thermometer));
}
