using System.Text.Json;
using System.Threading.Channels;
using Dwapi.Edge.Outbox;
using Dwapi.Edge.Printers;
using Dwapi.Edge.Printers.Content;
using Dwapi.Edge.Printers.Jobs;
using Dwapi.Edge.Printers.Slicing;
using Dwapi.Edge.Resilience;
using Dwapi.Edge.Services;
using Dwapi.Edge.Tests.Support;
using Dwapi.Edge.Tests.VirtualPrinters;
using Dwapi.Gotapi.Printing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>One printer of an edge with its jobs and a content server, on a clock of its own and without a host.</summary>
internal sealed class StationBench : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Channel<PrintJobReport> _reports = Channel.CreateUnbounded<PrintJobReport>();
    private readonly CancellationTokenSource _stop = new();
    private DurableOutbox _outbox = null!;
    private ContentDownload _download = null!;
    private PrintJobBook _book = null!;
    private PrinterStation _station = null!;
    private Task _running = Task.CompletedTask;

    public ManualTime Time { get; } = new();

    public ContentBench Content { get; private set; } = null!;

    /// <summary>The printer's commands, as the host gives them.</summary>
    public IPrinterConnector Connector => _station.Connector;

    /// <summary>Name of the job's file on the printer.</summary>
    public string File => _book.Find("j1")!.RemoteName;

    public static async Task<StationBench> StartAsync(PrinterOptions options)
    {
        var bench = new StationBench { Content = await ContentBench.StartAsync(PrinterBench.Cube) };
        var policies = new HostPolicies(bench.Time);
        bench._outbox = DurableOutbox.Open(new OutboxOptions { Path = bench._folder["outbox"], MaxBytes = 10_000_000 }, NullLogger.Instance);
        bench._download = new ContentDownload(policies, bench.Time);
        bench._book = new PrintJobBook(new PrintJobStore(bench._folder["jobs"]), bench.TakeAsync, bench.Time);
        bench._station = new PrinterStation(options, PrinterConnectors.Make(options, policies, bench.Time), new PrinterStationParts
        {
            Outbox = bench._outbox,
            Catalog = new ServiceCatalog(),
            Book = bench._book,
            Download = bench._download,
            Slicer = new Slicer(new SlicerOptions { Enabled = false }, bench.Time),
            IsLinkUp = () => true,
            Zone = null,
            Time = bench.Time,
            Log = NullLogger.Instance,
        });
        bench._running = bench._station.RunAsync(bench._stop.Token);
        return bench;
    }

    /// <summary>Orders the job j1.</summary>
    public void Order() => Assert.Equal(0, _book.Order(_station.ServiceId, new PrintJobOrder
    {
        OperationId = "o1",
        JobId = "j1",
        Attempt = 1,
        Uri = Content.File.ToString(),
        Hosts = [Content.Host],
    }));

    public void Cancel() => _book.Cancel(_station.ServiceId, "j1", "c1", PrintJobTrace.None);

    /// <summary>Lets time pass until a report of a trigger; gives those on the way, without progress.</summary>
    public async Task<List<PrintJobReport>> UntilAsync(PrintJobTrigger trigger)
    {
        var reports = new List<PrintJobReport>();
        do
        {
            var report = await Time.PassUntilAsync(_reports.Reader.ReadAsync(Patience.Token).AsTask());
            if (report.Trigger != PrintJobTrigger.Progress)
                reports.Add(report);
        }
        while (reports.Count == 0 || reports[^1].Trigger != trigger);
        return reports;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _station.DisposeAsync();
        _download.Dispose();
        await _outbox.DisposeAsync();
        await Content.DisposeAsync();
        _stop.Dispose();
        _folder.Dispose();
    }

    private Task TakeAsync(string service, byte[] report)
    {
        _reports.Writer.TryWrite(JsonSerializer.Deserialize(report, PrintingJson.Default.PrintJobReport)!);
        return Task.CompletedTask;
    }
}
