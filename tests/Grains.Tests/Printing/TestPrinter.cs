using System.Text.Json;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Printing;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Printing;

/// <summary>A printer of a connected edge that reports what the test says.</summary>
internal sealed class TestPrinter(GrainHost host, ConnectedEdge edge)
{
    public const string Id = "printer";

    /// <summary>Settings of the content server that the jobs here name.</summary>
    public static readonly (string, string)[] Models = [("Printing:ContentServers:0:Id", "models"), ("Printing:ContentServers:0:Url", "https://models.example/")];

    public static ServiceRegistration Service => Some.Service(Id) with
    {
        Scopes = PrintingProfile.Scopes,
        Profiles = [new ServiceProfile(PrintingProfile.Name, PrintingProfile.Attributes)],
    };

    /// <summary>The answer of an edge that has every job, and reported all of it.</summary>
    public static Func<PluginCall, Task<PluginAnswer>> HasEveryJob { get; } =
        call => Task.FromResult(new PluginAnswer(0, "", "", "", call.Method == "GET" ? "\"known\":true,\"job\":{\"jobId\":\"job-1\",\"number\":1000,\"trigger\":\"progress\",\"at\":1}"u8.ToArray() : default));

    public ConnectedEdge Edge => edge;

    public IPrinterGrain Grain => host.Client.GetGrain<IPrinterGrain>(TenantKey.Of(GrainHost.Tenant, Id));

    /// <summary>An edge that has every job it was told, unless the test says otherwise.</summary>
    public static async Task<TestPrinter> Connect(GrainHost host, string edgeId = "edge")
    {
        var edge = await ConnectedEdge.Connect(host, edgeId, HasEveryJob);
        await edge.Announce(Service);
        var printer = new TestPrinter(host, edge);
        await printer.Snapshot(OperatingStatus.Idle);
        return printer;
    }

    public IPrintJobGrain Job(string id) => host.Client.GetGrain<IPrintJobGrain>(TenantKey.Of(GrainHost.Tenant, id));

    public Task<PrintAnswer> Order(string id, string file = "cube.gcode", string origin = GrainHost.Origin) =>
        Job(id).Order(new PrintRequest(Id, origin, "https://models.example/" + file, "", "", "", "", default, Hold: false, 0));

    /// <summary>Orders a job and brings it to a state, as its edge reports it.</summary>
    public async Task<long> Print(string id, params PrintJobTrigger[] triggers)
    {
        Assert.Equal(0, (await Order(id)).ErrorCode);
        await Is(id, PrintJobState.Fetching);
        await Eventually.Is(() => ValueTask.FromResult(edge.Link.Calls.Any(call => call.Method == "PUT")), told => told);
        long number = 0;
        foreach (var trigger in triggers)
            Assert.Equal(ReportOutcome.Committed, await Report(id, ++number, trigger));
        return number;
    }

    public async Task<ReportOutcome> Report(string id, long number, PrintJobTrigger trigger, double? seconds = null)
    {
        var report = new PrintJobReport
        {
            JobId = id,
            Number = number,
            Trigger = trigger,
            At = host.Clock.Now.ToUnixTimeMilliseconds(),
            RemoteName = $"dwapi-{id}.gcode",
            EstimatedSeconds = seconds,
        };
        var result = await Job(id).Report(
            Id, Batch(PrintingProfile.Job, JsonSerializer.SerializeToUtf8Bytes(report, PrintingJson.Default.PrintJobReport)), CancellationToken.None);
        return result.Outcomes[0];
    }

    public Task<ReportResult> Snapshot(OperatingStatus status)
    {
        var snapshot = new PrinterSnapshot
        {
            PrintAttribute = new PrinterAttributes(),
            Status = new PrinterStatus { OperatingStatus = status, TimeStamp = 1, TimeStampString = "19700101000000.001-0000" },
        };
        return Grain.Report(
            Batch(PrintingProfile.Information, JsonSerializer.SerializeToUtf8Bytes(snapshot, PrintingJson.Default.PrinterSnapshot)), CancellationToken.None);
    }

    public async Task<PrintQueueEntry?> Entry(string id)
    {
        var view = await Grain.GetView();
        var queue = JsonSerializer.Deserialize(view.Queue.Span, PrintingJson.Default.ImmutableArrayPrintQueueEntry);
        return queue.FirstOrDefault(entry => entry.JobId == id);
    }

    public Task<PrintQueueEntry?> Is(string id, PrintJobState state) => Eventually.Is(() => Entry(id), entry => entry?.State == state);

    /// <summary>The snapshot as subscribers have it.</summary>
    public async Task<PrinterSnapshot?> Told()
    {
        var latest = (await host.Device(Id).GetLatest(PrintingProfile.Information)).Latest;
        return latest is null ? null : PrintingSlices.Read(latest.Quantities, PrintingJson.Default.PrinterSnapshot);
    }

    private ReportBatch Batch(string attribute, byte[] quantities)
    {
        var now = host.Clock.Now.ToUnixTimeMilliseconds();
        var item = Some.Item(attribute: attribute) with { MeasuredAt = now, ReceivedAt = now, Quantities = HealthSlices.Inner(quantities) };
        return Some.Batch(item) with { EdgeId = edge.Grain.GetPrimaryKeyString().Split('/')[1] };
    }
}
