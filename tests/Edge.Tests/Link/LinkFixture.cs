using Dwapi.Edge.Link;
using Dwapi.Edge.Outbox;
using Dwapi.Edge.Pipeline;
using Dwapi.Edge.Services;
using Dwapi.Edge.Sources;
using Dwapi.Edge.Tests.Outbox;
using Dwapi.Edge.Tests.Support;
using Dwapi.Gotapi.Codes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Edge.Tests.Link;

/// <summary>An edge's link with real parts, and a server of the test at its other end.</summary>
internal sealed class LinkFixture : IAsyncDisposable
{
    public const string Thermometer = "thermo-1";

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private Task _running = Task.CompletedTask;

    private LinkFixture(LinkServer server, TimeProvider time)
    {
        Server = server;
        _time = time;
        Outbox = DurableOutbox.Open(new OutboxOptions { Path = _folder["outbox"] }, NullLogger.Instance);
        var live = new LiveEvents();
        Catalog = new ServiceCatalog();
        Pipeline = new MeasurementPipeline(Outbox, Catalog, live, TimeZoneInfo.Utc, CodeSpelling.Standard, NullLogger.Instance);
        Parts = new LinkParts(Outbox, Catalog, live);
        Observer = new LinkObserver(server.Address, time, NullLogger.Instance);
    }

    public LinkServer Server { get; }

    public DurableOutbox Outbox { get; }

    public ServiceCatalog Catalog { get; }

    public MeasurementPipeline Pipeline { get; }

    public LinkParts Parts { get; }

    public LinkObserver Observer { get; }

    public static async Task<LinkFixture> CreateAsync(TimeProvider? time = null) =>
        new(await LinkServer.StartAsync(), time ?? TimeProvider.System);

    public void Start(Func<LinkSettings, LinkSettings>? change = null)
    {
        var settings = new LinkSettings
        {
            Server = Server.Address,
            EdgeId = "edge-1",
            Key = "a key",
            Name = "Test edge",
            RetryDelay = TimeSpan.FromMilliseconds(1),
            LongestRetryDelay = TimeSpan.FromMilliseconds(20),
        };

        // What is measured by a clock is tested on one that stands; on the real one a slow test is no silence.
        if (_time == TimeProvider.System)
            settings = settings with { WelcomeWithin = Patience.Limit, DeadAfter = Patience.Limit };
        _running = new LinkClient(change?.Invoke(settings) ?? settings, Parts, Observer, _time).RunAsync(_stop.Token);
    }

    /// <summary>Appends items of one device, numbered from 0; they are as measurements are on the way.</summary>
    public async Task AppendAsync(string serviceId, int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => Outbox.AppendAsync(Entries.Of(serviceId, i), default)));

    /// <summary>Announces a thermometer.</summary>
    public void Announce() => Pipeline.Announce(new SourceDevice(Thermometer, "Thermo One", [0x2A1C, 0x2A1E]));

    /// <summary>Lets the thermometer send a payload.</summary>
    public Task SendAsync(ushort characteristic, string hex)
    {
        Assert.True(HexText.TryParse(hex, out var payload));
        return Pipeline.AcceptAsync(Thermometer, new GattValue(characteristic, payload), _time.GetUtcNow(), default);
    }

    public Task<LinkStatus> WaitAsync(LinkState state) => Observer.WaitAsync(status => status.State == state, Patience.Token);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Server.DisposeAsync();
        await Outbox.DisposeAsync();
        _folder.Dispose();
        _stop.Dispose();
    }
}
