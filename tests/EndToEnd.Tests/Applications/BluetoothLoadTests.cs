using System.Diagnostics;
using System.Globalization;
using Dwapi.Edge.DBus;
using Dwapi.Edge.Outbox;
using Dwapi.Edge.Tests.Bluetooth;
using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.EndToEnd.Tests.Hosts;
using Dwapi.EndToEnd.Tests.Printing;

namespace Dwapi.EndToEnd.Tests.Applications;

/// <summary>What an edge costs on a small box; the figures are in docs/edge.md. Host and edge are processes of their own.</summary>
public sealed class BluetoothLoadTests
{
    private const int Sessions = 50;
    private const int AtATime = 20;

    // The goal is 120 MB for a day; what a start takes differs between machines.
    private static readonly int LargestMegabytes = LongTests.Wanted ? 120 : 180;

    // A value every minute for a day, in the long form.
    private static readonly int ValuesEach = LongTests.Wanted ? 1440 : 40;

    [Fact(Timeout = 1_800_000)]
    public async Task FiftySessions_AllAreDelivered_AndTheEdgeStaysSmall()
    {
        await using var bluez = await FakeBlueZ.StartAsync();
        await using var host = new HostProcess();
        await host.StartAsync();
        var (config, _) = await EdgeSettings.WriteAsync(
            host, new { enabled = true, bus = bluez.Bus.Address, relayUnknown = true, connectionSlots = Sessions, idleSeconds = 3600 });
        await using var edge = new ChildProcess(ChildProcess.Program("Edge", "dwapi-edge.dll"), "run", "--config", config);
        for (var i = 0; i < Sessions; i++)
        {
            var device = await bluez.AddDeviceAsync(string.Create(CultureInfo.InvariantCulture, $"AA:BB:CC:00:00:{i:X2}"), $"Belt {i}");
            var rate = await bluez.AddCharacteristicAsync(await bluez.AddServiceAsync(device, 0x180D), 0x2A37, "notify");
            var subscribed = bluez.NextCallAsync(rate, "StartNotify");
            await bluez.AdvertiseAsync(device, 0x180D);
            await subscribed;
        }

        var process = ProcessFigures.With(config);
        var idle = LongTests.Wanted ? await IdleShareAsync(process) : 0;
        var before = process.ResidentMegabytes;
        await bluez.CallAsync("/", FakeBlueZ.AddMethod, "dwapi.Load", "Burst", "i", "", """
            for beat in range(args[0]):
                for path in list(objects):
                    if path.endswith('char0001'):
                        objects[path].UpdateProperties('org.bluez.GattCharacteristic1', {'Value': dbus.Array([22, 60 + beat % 40, 0, 3], signature='y')})
            """);
        var largest = before;
        for (var sent = 0; sent < ValuesEach; sent += AtATime)
        {
            await bluez.CallAsync("/", new DBusMethod("dwapi.Load", "Burst", "i"), AtATime);
            largest = Math.Max(largest, process.ResidentMegabytes);
        }

        var outbox = Path.Combine(host.DataDirectory, "edge", "ward.outbox");
        await Eventually.True(() => OutboxInspector.Read(outbox).Acknowledged == Sessions * ValuesEach, "every value is acknowledged");
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Sessions} sessions, {Sessions * ValuesEach} values: {before:0} MB before, {largest:0} MB at most, {process.ResidentMegabytes:0} MB after; "
            + $"idle {idle:P2} of a core");
        Assert.InRange(largest, 1, LargestMegabytes);
        Assert.InRange(idle, 0, 0.01);
    }

    [Fact(Timeout = 600_000)]
    public async Task ADayOfHeartRates_IsReplayedInUnderAMinute()
    {
        Assert.SkipUnless(LongTests.Wanted, "measures time: ./test.sh --long runs it");
        await using var host = new HostProcess();
        await host.StartAsync();
        var (_, key) = await EdgeSettings.WriteAsync(host, new { enabled = false });
        var day = Path.Combine(host.DataDirectory, "day.jsonl");
        var start = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        await File.WriteAllLinesAsync(day, Enumerable.Range(0, 86_400).Select(second => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"time":"{{start.AddSeconds(second):O}}","address":"C0:00:00:00:18:0D","characteristic":"2A37","hex":"16{{60 + (second % 40):X2}}0003"}""")));
        var clock = Stopwatch.StartNew();

        await using var replay = new ChildProcess(
            ChildProcess.Program("Edge", "dwapi-edge.dll"), "replay", day, "--fast", "--to", host.Link.ToString(), "--edge-id", EdgeSettings.EdgeId, "--key", key);
        Assert.Equal(0, await replay.ExitAsync());

        TestContext.Current.TestOutputHelper!.WriteLine($"86,400 values sent and acknowledged in {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.Contains("86400 measurements", replay.Output, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);
    }

    private static async Task<double> IdleShareAsync(ProcessFigures process)
    {
        // Let what the start left behind come to rest first.
        await Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        return await process.ShareAsync(TimeSpan.FromSeconds(60));
    }
}
