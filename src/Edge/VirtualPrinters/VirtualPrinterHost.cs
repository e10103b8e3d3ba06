using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.VirtualPrinters;

/// <summary>A virtual printer behind a port of its own (DECISIONS 34).</summary>
internal sealed class VirtualPrinterHost : IAsyncDisposable
{
    // Moonraker tells what changed about four times a second.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stop = new();
    private readonly WebApplication _application;
    private readonly TimeProvider _time;
    private Task _ticking = Task.CompletedTask;

    private VirtualPrinterHost(WebApplication application, VirtualPrinter printer, TimeProvider time) =>
        (_application, Printer, _time) = (application, printer, time);

    public VirtualPrinter Printer { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_application.Urls.Single());

    /// <summary>Starts a printer; it listens when this returns.</summary>
    /// <exception cref="IOException">The port is taken, or the folder cannot be used.</exception>
    public static async Task<VirtualPrinterHost> StartAsync(VirtualPrinterOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        var printer = new VirtualPrinter(options, time);
        var application = builder.Build();
        application.Use((context, next) =>
        {
            if (printer.Reachable || context.Request.Path.StartsWithSegments("/virtual", StringComparison.Ordinal))
                return next(context);
            context.Abort();
            return Task.CompletedTask;
        });
        application.UseWebSockets();
        var access = new MoonrakerAccess(options.ApiKey, time);
        new MoonrakerRoutes(printer, new MoonrakerMethods(printer), access).MapTo(application);
        PrinterControl.MapTo(application, printer);
        var host = new VirtualPrinterHost(application, printer, time);
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
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
        lock (Printer.Gate)
            Printer.Dispose();
        await _application.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(Tick, _time);
        var last = _time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
        {
            var now = _time.GetTimestamp();
            lock (Printer.Gate)
            {
                // Also at a scale of 0: what a command changed is told with the next tick.
                Printer.Advance(_time.GetElapsedTime(last, now).TotalSeconds * Printer.TimeScale);
            }

            last = now;
        }
    }
}
