using System.Diagnostics;
using System.Globalization;
using Dwapi.Edge;
using Dwapi.Edge.Link;
using Dwapi.EndToEnd.Tests.Hosts;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>The host is away for hours while four devices measure once a second; then it is back.</summary>
[Collection(Undisturbed.Name)]
public sealed class BacklogTests : IAsyncLifetime
{
    private const int Alone = 200;
    private static readonly Ward TheWard = new(4);
    private static readonly Ward TheLive = new(1, "live");
    private static readonly int Seconds = LongTests.Wanted ? 24 * 3600 : 2 * 3600;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private RunningHost _host = null!;
    private OperatorClient _server = null!;
    private LinkProxy _line = null!;
    private CapturePipe _capture = null!;
    private EdgeHost _edge = null!;
    private ApplicationClient? _application;
    private EventSocket? _socket;
    private int _liveValue;

    public async ValueTask InitializeAsync()
    {
        _host = await RunningHost.Start("Production", demo: false);
        _server = _host.Operator();
        _line = new LinkProxy(_host.Url);
        _capture = new CapturePipe(Path.Combine(_host.DataDirectory, "capture"));
        _edge = await FaultWard.Edge(_server, _line.Link, _capture.Path, Path.Combine(_host.DataDirectory, "edge"));
    }

    public async ValueTask DisposeAsync()
    {
        _socket?.Dispose();
        _application?.Dispose();
        await _capture.DisposeAsync();
        await _edge.DisposeAsync();
        await _line.DisposeAsync();
        _server.Dispose();
        await _host.DisposeAsync();
    }

    [Fact(Timeout = 1_800_000)]
    public async Task HostBackAfterHours_EverythingArrivesOldestFirst_AndOtherDevicesStayLive()
    {
        await _edge.StartAsync(TestContext.Current.CancellationToken);
        await _edge.WaitForLinkAsync(LinkState.Up, TestContext.Current.CancellationToken);
        await OpenLive();
        var alone = new List<TimeSpan>();
        for (var i = 0; i < Alone; i++)
        {
            alone.Add(await MeasureLive());
        }

        _line.Cut();
        await _edge.WaitForLinkAsync(LinkState.Down, TestContext.Current.CancellationToken);
        var lines = (long)Seconds * TheWard.Devices;
        for (var line = 1L; line <= lines; line++)
        {
            await _capture.WriteLineAsync(TheWard.StampedLine(line, Start));
        }

        await _capture.FlushAsync();
        await Eventually.True(() => _edge.Status.Last == _liveValue + lines, "the backlog is in the outbox");
        var backlog = _edge.Status.Last;
        var held = _edge.Status.Acknowledged;

        _line.Mend();
        await _edge.WaitForLinkAsync(LinkState.Up, TestContext.Current.CancellationToken);
        var start = Stopwatch.GetTimestamp();
        var meanwhile = new List<TimeSpan>();
        do
        {
            meanwhile.Add(await MeasureLive());
        }
        while (_edge.Status.Acknowledged < backlog);

        var drained = Stopwatch.GetElapsedTime(start);
        await _capture.DisposeAsync();
        await _edge.DrainAsync(TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{backlog - held} waiting, delivered in {drained.TotalSeconds:0.0} s; live event alone {Median(alone):0.0} ms, meanwhile {Median(meanwhile):0.0} ms ({meanwhile.Count})"));

        for (var device = 0; device < TheWard.Devices; device++)
        {
            var rows = await Ledger.History(_server, TheWard.ServiceOf(device));
            Assert.Equal(Seconds, rows.Count);
            for (var i = 0; i < rows.Count; i++)
            {
                // Order of sequence, of time and of value are one: delivered oldest first, dated by the device.
                Assert.Equal(i + 1, rows[i].GetProperty("sequence").GetInt64());
                Assert.Equal(i + 1, Ledger.Value(rows[i]));
                Assert.True(rows[i].GetProperty("stamped").GetBoolean());
                Assert.Equal(Start.AddSeconds(i), rows[i].GetProperty("measuredAt").GetDateTimeOffset());
            }
        }

        await new Ledger(_server, TheLive).HoldsExactly(_liveValue);

        // The aim is 1.5 times. What is asserted leaves room for a machine with other work, and still finds a live event that waits
        // behind the backlog: that takes hundreds of milliseconds.
        Assert.True(
            Median(meanwhile) <= (3 * Median(alone)) + 20,
            $"live event: alone {Median(alone):0.0} ms, during the delivery of the backlog {Median(meanwhile):0.0} ms");
    }

    private static double Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2).TotalMilliseconds;

    private async Task OpenLive()
    {
        await _capture.WriteLineAsync(TheLive.Line(++_liveValue, DateTimeOffset.UtcNow));
        await _capture.FlushAsync();
        await Eventually.True(() => _edge.Status.Acknowledged == 1, "the first live measurement is stored");
        _application = await FaultWard.Application(_server, _host.Url);
        await Watch();
    }

    /// <summary>Opens a socket and monitors the live device; the latest result comes first.</summary>
    private async Task Watch()
    {
        (_socket, _) = await EventSocket.Open(_application!);
        var started = await _application!.Health("PUT", "thermometer", TheLive.ServiceOf(0));
        Assert.Equal(0, started.GetProperty("result").GetInt32());
        await _socket.Next();
    }

    /// <summary>From the bytes at the edge to the application's socket.</summary>
    private async Task<TimeSpan> MeasureLive()
    {
        var start = Stopwatch.GetTimestamp();
        await _capture.WriteLineAsync(TheLive.Line(++_liveValue, DateTimeOffset.UtcNow));
        await _capture.FlushAsync();
        var shown = await _socket!.Next();
        var taken = Stopwatch.GetElapsedTime(start);
        Assert.Equal(_liveValue, shown.GetProperty("thermometer").GetProperty("temperature").GetProperty("value").GetDecimal());
        return taken;
    }
}
