using Dwapi.Edge.Link;
using Dwapi.Edge.Outbox;
using Dwapi.Edge.Pipeline;
using Dwapi.Edge.Printers;
using Dwapi.Edge.Services;
using Dwapi.Edge.Sources;
using Dwapi.Edge.Sources.Bluetooth;
using Dwapi.Edge.Sources.Bluetooth.Devices;
using Dwapi.Edge.Sources.Replay;
using Dwapi.Edge.Sources.Simulators;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge;

/// <summary>One edge: sources, pipeline, outbox and link. Runs in a process of its own or inside the server's (DECISIONS 33).</summary>
public sealed class EdgeHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopSources = new();
    private readonly CancellationTokenSource _stopLink = new();
    private readonly ILogger _log;
    private readonly DurableOutbox _outbox;
    private readonly ServiceCatalog _catalog = new();
    private readonly MeasurementPipeline _pipeline;
    private readonly LinkObserver _observer;
    private readonly LinkClient _link;
    private readonly PrinterFleet? _printers;
    private readonly List<IMeasurementSource> _sources = [];
    private Task _running = Task.CompletedTask;
    private Task _linking = Task.CompletedTask;
    private Exception? _sourceFault;

    /// <summary>Checks the settings and opens the outbox; nothing runs before <see cref="StartAsync"/>.</summary>
    /// <exception cref="EdgeOptionsException">A setting is wrong, or the outbox cannot be opened.</exception>
    public EdgeHost(EdgeOptions options, ILoggerFactory loggers, TimeProvider time)
        : this(options, BluetoothRadio.Open, loggers, time)
    {
    }

    /// <summary>The same with another Bluetooth stack.</summary>
    /// <exception cref="EdgeOptionsException">A setting is wrong, the outbox cannot be opened, or there is no such stack here.</exception>
    internal EdgeHost(EdgeOptions options, RadioFactory radio, ILoggerFactory loggers, TimeProvider time)
    {
        _log = loggers.CreateLogger("Dwapi.Edge");
        var settings = EdgeOptionsCheck.Link(options);
        var zone = EdgeOptionsCheck.Zone(options);
        try
        {
            var room = new OutboxOptions { Path = EdgeOptionsCheck.OutboxPath(options), MaxBytes = options.OutboxMegabytes * 1_000_000L };
            _outbox = DurableOutbox.Open(room, _log);
        }
        catch (OutboxException e)
        {
            throw new EdgeOptionsException(e.Message, e);
        }

        var live = new LiveEvents();
        _pipeline = new MeasurementPipeline(_outbox, _catalog, live, zone, options.Codes, _log);
        _observer = new LinkObserver(settings.Server, time, _log);
        if (options.Printers.Count > 0)
            _printers = new PrinterFleet(options, _outbox, _catalog, () => _observer.Status.State == LinkState.Up, zone, time, _log);
        _link = new LinkClient(settings, new LinkParts(_outbox, _catalog, live, _printers), _observer, time);
        if (options.Simulators is { Devices: > 0 } simulators)
            _sources.Add(new SimulatorSource(SimulatedFleet.Make(simulators), simulators.Count, time));
        if (options.Replay is { File: { } file, Fast: var fast })
            _sources.Add(new ReplaySource(file, fast, time));
        if (options.Bluetooth.Enabled)
        {
            var devices = new DeviceBook(EdgeOptionsCheck.DataDirectory(options), options.Bluetooth.RelayUnknown, time, _log);
            _sources.Add(new LastingSource(Bluetooth(), Bluetooth, time, _log));

            IMeasurementSource Bluetooth() => BluetoothSource.Make(radio, options.Bluetooth, devices, zone, time, _log);
        }
    }

    /// <summary>The edge at this moment.</summary>
    public EdgeStatus Status => new(
        _observer.Status, _catalog.Count, _pipeline.Counters.Measurements, _pipeline.Counters.WithoutValue, _pipeline.Counters.Refused,
        _outbox.Epoch, _outbox.Acknowledged, _outbox.Last, _outbox.Lost, _outbox.Dropped);

    /// <summary>Starts the link and the sources, and returns; a server that cannot be reached is no error.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _linking = _link.RunAsync(_stopLink.Token);
        _running = Task.WhenAll([.. _sources.Select(RunSourceAsync), _printers?.RunAsync(_stopSources.Token) ?? Task.CompletedTask]);
        return Task.CompletedTask;
    }

    /// <summary>Stops the sources, then the link; what the outbox holds stays there.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopSources.CancelAsync().ConfigureAwait(false);
        await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
        await _stopLink.CancelAsync().ConfigureAwait(false);
        await _linking.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        var cancelled = new TaskCompletionSource();
        await using (cancellationToken.Register(cancelled.SetResult).ConfigureAwait(false))
            await Task.WhenAny(cancelled.Task, _linking).ConfigureAwait(false);
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _linking.ConfigureAwait(false);
    }

    /// <summary>Waits for a state of the link.</summary>
    public Task<LinkStatus> WaitForLinkAsync(LinkState state, CancellationToken cancellationToken) =>
        _observer.WaitAsync(status => status.State == state, cancellationToken);

    /// <summary>Waits until the sources have ended and the server has acknowledged all they gave.</summary>
    /// <exception cref="EdgeOptionsException">A source could not read what it was given.</exception>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_sourceFault is not null)
            throw new EdgeOptionsException(_sourceFault.Message, _sourceFault);
        await _outbox.WaitUntilEmptyAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops, and closes the outbox.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        if (_printers is not null)
            await _printers.DisposeAsync().ConfigureAwait(false);
        await _outbox.DisposeAsync().ConfigureAwait(false);
        _stopSources.Dispose();
        _stopLink.Dispose();
    }

    private async Task RunSourceAsync(IMeasurementSource source)
    {
        try
        {
            await source.RunAsync(_pipeline, _stopSources.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopSources.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            // One source that fails must not end the others: a second Bluetooth adapter goes on.
            _sourceFault = e;
            Log.SourceFailed(_log, e.Message);
        }
    }
}
