using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dwapi.VirtualPrinters;

/// <summary>Virtual printers in one process, each behind a port of its own (DECISIONS 34).</summary>
internal sealed class VirtualPrinterHost : IAsyncDisposable
{
    // Moonraker tells what changed about four times a second.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stop = new();
    private readonly WebApplication _application;
    private readonly PrinterSite[] _sites;
    private readonly TimeProvider _time;
    private Dictionary<int, PrinterSite> _byPort = [];
    private Task _ticking = Task.CompletedTask;

    private VirtualPrinterHost(VirtualPrinterOptions options, TimeProvider time)
    {
        _time = time;
        var each = Enumerable.Range(0, options.Count).Select(options.Of).ToArray();
        _sites = [.. each.Select(one =>
        {
            var printer = new VirtualPrinter(one, time);
            return new PrinterSite(printer, new MoonrakerMethods(printer), new MoonrakerAccess(one.ApiKey, time));
        })];
        if (options.Port > 0)
            _byPort = each.Zip(_sites).ToDictionary(pair => pair.First.Port, pair => pair.Second);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var one in each)
                kestrel.Listen(IPAddress.Loopback, one.Port);
        });
        _application = builder.Build();
        _application.Use((context, next) =>
        {
            if (SiteOf(context).Printer.Reachable || context.Request.Path.StartsWithSegments("/virtual", StringComparison.Ordinal))
                return next(context);
            context.Abort();
            return Task.CompletedTask;
        });
        _application.UseWebSockets();
        new MoonrakerRoutes(SiteOf).MapTo(_application);
        PrinterControl.MapTo(_application, context => SiteOf(context).Printer);
    }

    /// <summary>The first printer.</summary>
    public VirtualPrinter Printer => _sites[0].Printer;

    /// <summary>Where the first one listens.</summary>
    public Uri Address => Addresses.First();

    /// <summary>Where they listen.</summary>
    public IEnumerable<Uri> Addresses => _application.Urls.Select(url => new Uri(url));

    /// <summary>Starts the printers; they listen when this returns.</summary>
    /// <exception cref="IOException">A port is taken, or the folder cannot be used.</exception>
    public static async Task<VirtualPrinterHost> StartAsync(VirtualPrinterOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var host = new VirtualPrinterHost(options, time);
        try
        {
            await host._application.StartAsync(cancellationToken).ConfigureAwait(false);
            host._byPort = host.Addresses.Zip(host._sites).ToDictionary(pair => pair.First.Port, pair => pair.Second);
            host._ticking = host.TickAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs until cancelled.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _ticking.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _ticking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (printer, _, _) in _sites)
        {
            lock (printer.Gate)
                printer.Dispose();
        }

        await _application.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private PrinterSite SiteOf(HttpContext context) => _sites.Length == 1 ? _sites[0] : _byPort[context.Connection.LocalPort];

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(Tick, _time);
        var last = _time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
        {
            var now = _time.GetTimestamp();
            var passed = _time.GetElapsedTime(last, now).TotalSeconds;
            foreach (var (printer, _, _) in _sites)
            {
                lock (printer.Gate)
                {
                    // Also at a scale of 0: what a command changed is told with the next tick.
                    printer.Advance(passed * printer.TimeScale);
                }
            }

            last = now;
        }
    }
}
