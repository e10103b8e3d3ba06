using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Channels;
using Dwapi.Edge.Signals;
using Dwapi.Edge.Tests.Support;
using Dwapi.Edge.Tests.VirtualPrinters;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>An edge with one printer, the virtual one if the test has none of its own, a content server, and the host's end of its link.</summary>
internal sealed class PrintingBench : IAsyncDisposable
{
    public const string Service = "3dp-p";

    private readonly TemporaryFolder _folder = new();
    private readonly Channel<PrintJobReport> _reports = Channel.CreateUnbounded<PrintJobReport>();
    private readonly Channel<ResponseFrame> _answers = Channel.CreateUnbounded<ResponseFrame>();
    private readonly Pulse _snapshots = new();
    private readonly CollectedLog _log = new();
    private readonly PrinterOptions? _printer;
    private LinkServer _server = null!;
    private ServerLink _link = null!;
    private EdgeHost? _edge;
    private Task _reading = Task.CompletedTask;
    private int _request;
    private long _position;

    public PrinterBench Printer { get; private set; } = null!;

    public ContentBench Content { get; private set; } = null!;

    public ConcurrentQueue<PrinterSnapshot> Snapshots { get; } = [];

    public ConcurrentQueue<ServiceAnnouncement> Services { get; } = [];

    /// <summary>What the edge logged.</summary>
    public string Logged => _log.ToString();

    /// <summary>Everything that the edge keeps on its disk.</summary>
    public string EdgeFolder => _folder["edge"];

    /// <summary>What slices; nothing unless the test says so.</summary>
    public SlicerOptions Slicer { get; private init; } = new() { Enabled = false };

    private PrintingBench(PrinterOptions? printer) => _printer = printer;

    public static async Task<PrintingBench> StartAsync(string content = PrinterBench.Cube, PrinterOptions? printer = null, SlicerOptions? slicer = null)
    {
        var bench = new PrintingBench(printer)
        {
            Slicer = slicer ?? new SlicerOptions { Enabled = false },
            Printer = await PrinterBench.StartAsync(),
            Content = await ContentBench.StartAsync(content),
            _server = await LinkServer.StartAsync(),
        };
        await bench.StartEdgeAsync();
        return bench;
    }

    public async Task StartEdgeAsync()
    {
        _edge = new EdgeHost(
            new EdgeOptions
            {
                Server = _server.Address,
                Key = "k",
                DataDirectory = _folder["edge"],
                TimeZone = "unknown",
                Slicer = Slicer,
                Printers = [_printer ?? new PrinterOptions { Id = "p", Address = Printer.Address, Network = "Ethernet" }],
            },
            _log, TimeProvider.System);
        await _edge.StartAsync(Patience.Token);
        _link = await _server.NextAsync();
        await _link.ExpectAsync<HelloFrame>();
        await _link.WelcomeAsync(credit: 10_000, _position);
        _reading = ReadAsync(_link);
    }

    public async Task StopEdgeAsync()
    {
        await _edge!.DisposeAsync();
        _edge = null;
        await _reading;
        _link.Abort();
    }

    /// <summary>The edge ends, its disk is replaced where the jobs were, and it comes back.</summary>
    public async Task LoseJobsAsync()
    {
        await StopEdgeAsync();
        LoseJobs();
        await StartEdgeAsync();
    }

    /// <summary>The disk of an edge that has ended is replaced where the jobs were.</summary>
    public void LoseJobs() => Directory.Delete(Path.Combine(_folder["edge"], "print-jobs"), recursive: true);

    public Task<ResponseFrame> OrderAsync(
        string jobId = "j1", int attempt = 1, string token = "", string operation = "o1", string sha256 = "", Uri? uri = null, string fileName = "",
        PrintJobTrace? trace = null, string slicer = "") => AskAsync(
        RequestMethod.Put,
        new PrintJobOrder
        {
            OperationId = operation,
            JobId = jobId,
            Attempt = attempt,
            Uri = (uri ?? Content.File).ToString(),
            FileName = fileName,
            SecureToken = token,
            Hosts = [uri?.Authority ?? Content.Host],
            Sha256 = sha256,
            Trace = trace ?? PrintJobTrace.None,
            Slicer = slicer,
        }.ToParameters());

    public async Task<ResponseFrame> AskAsync(RequestMethod method, ImmutableDictionary<string, string> parameters)
    {
        await _link.SendAsync(new RequestFrame
        {
            Method = method,
            RequestCode = ++_request,
            Receiver = "test",
            ServiceId = Service,
            Profile = PrintingProfile.Name,
            Attribute = PrintingProfile.Job,
            Parameters = parameters,
        });
        return await _answers.Reader.ReadAsync(Patience.Token);
    }

    public Task<ResponseFrame> CommandAsync(
        RequestMethod method, string operation, string? command = null, string jobId = "j1", PrintJobTrace? trace = null)
    {
        var parameters = ImmutableDictionary.CreateRange<string, string>(
            [new("operationId", operation), new("jobId", jobId), .. (trace ?? PrintJobTrace.None).ToParameters()]);
        return AskAsync(method, command is null ? parameters : parameters.Add("command", command));
    }

    /// <summary>Reports until one of a trigger; progress is left out.</summary>
    public async Task<List<PrintJobReport>> UntilAsync(PrintJobTrigger trigger)
    {
        var reports = new List<PrintJobReport>();
        do
        {
            var report = await _reports.Reader.ReadAsync(Patience.Token);
            if (report.Trigger != PrintJobTrigger.Progress || trigger == PrintJobTrigger.Progress)
                reports.Add(report);
        }
        while (reports.Count == 0 || reports[^1].Trigger != trigger);
        return reports;
    }

    /// <summary>The first snapshot as wanted, of those that came or are to come.</summary>
    public async Task<PrinterSnapshot> SnapshotAsync(Func<PrinterSnapshot, bool> wanted)
    {
        while (true)
        {
            var more = _snapshots.Next;
            if (Snapshots.FirstOrDefault(wanted) is { } snapshot)
                return snapshot;
            await more.WaitAsync(Patience.Limit);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_edge is not null)
            await StopEdgeAsync();
        await _server.DisposeAsync();
        await Printer.DisposeAsync();
        await Content.DisposeAsync();
        _folder.Dispose();
    }

    private async Task ReadAsync(ServerLink link)
    {
        try
        {
            while (true)
            {
                var frame = await link.ReceiveAsync();
                Take(link, frame);

                // An edge that hears nothing for 15 s takes the link for dead, and slicing takes longer on a slow machine.
                if (frame is PingFrame)
                    await link.SendAsync(new PongFrame(_position));
            }
        }
        catch (Exception e) when (e is System.Net.WebSockets.WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The edge went away.
        }
    }

    private void Take(ServerLink link, LinkFrame frame)
    {
        switch (frame)
        {
            case ServicesFrame services:
                foreach (var service in services.Services)
                    Services.Enqueue(service);
                break;
            case ResponseFrame answer:
                _answers.Writer.TryWrite(answer);
                break;
            case EventsFrame events:
                foreach (var item in link.Items(events))
                {
                    _position = item.Sequence;
                    if (item.Attribute == PrintingProfile.Job)
                        _reports.Writer.TryWrite(JsonSerializer.Deserialize(item.Quantities.Span, PrintingJson.Default.PrintJobReport)!);
                    else
                        Snapshots.Enqueue(JsonSerializer.Deserialize(item.Quantities.Span, PrintingJson.Default.PrinterSnapshot)!);
                    _snapshots.Raise();
                }

                break;
        }
    }
}
