using System.Text;
using System.Text.Json;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Printing;
using Dwapi.Grains.Tests.Runtime;
using Microsoft.Data.Sqlite;

namespace Dwapi.Grains.Tests.Printing;

/// <summary>A job whose host dies between its steps.</summary>
public sealed class PrintJobRestartTests : IDisposable
{
    private const string Secret = "the-applications-secret";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Job_ThatTheEdgeHasNotHeardOf_IsOrderedAfterTheRestart_AndItsTokenIsSealed()
    {
        await using (var host = await Start())
        {
            var edge = await Printer(host);
            await edge.Grain.Disconnect(edge.LinkId);
            var answer = await Job(host).Order(new PrintRequest(
                "printer", GrainHost.Origin, "https://models.example/cube.gcode", "", "", "", "", Encoding.UTF8.GetBytes(Secret), Hold: false, 0));
            Assert.Equal(0, answer.ErrorCode);
            await Eventually.Is(() => State(host), state => state == PrintJobState.Fetching);
        }

        Assert.All(
            Directory.EnumerateFiles(_directory.Path),
            file => Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret))));
        await using var again = await Start();
        var back = await Printer(again);
        await Snapshot(again, OperatingStatus.Idle);

        await back.Link.Called.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.True(back.Link.Calls.TryPeek(out var order));
        Assert.Equal(("PUT", "job"), (order.Method, order.Attribute));
        Assert.Contains(new PluginParameter("jobId", "job-1"), order.Parameters);

        // What was told is not told again: reminders find nothing to do.
        await Job(again).Report("printer", Report(1, PrintJobTrigger.Fetched), CancellationToken.None);
        await Snapshot(again, OperatingStatus.Preparing);
        await Eventually.Is(() => State(again), state => state == PrintJobState.Verifying);
        Assert.Single(back.Link.Calls, call => call.Method == "PUT");
    }

    [Fact]
    public async Task Bed_ThatAPrintLeftUncleared_StaysSoAfterTheRestart()
    {
        await using (var host = await Start())
        {
            await Printer(host);
            await Job(host).Order(new PrintRequest("printer", GrainHost.Origin, "https://models.example/cube.gcode", "", "", "", "", default, Hold: false, 0));
            await Eventually.Is(() => State(host), state => state == PrintJobState.Fetching);
            var stranger = await Job(host).Report("printer", Report(1, PrintJobTrigger.Fetched) with { EdgeId = "stranger" }, CancellationToken.None);
            Assert.Equal(ReportOutcome.Refused, stranger.Outcomes[0]);
            long number = 0;
            foreach (var trigger in new[]
            {
                PrintJobTrigger.Fetched, PrintJobTrigger.VerifiedPrintable, PrintJobTrigger.Uploaded, PrintJobTrigger.Started, PrintJobTrigger.Completed,
            })
            {
                var result = await Job(host).Report("printer", Report(++number, trigger), CancellationToken.None);
                Assert.Equal(ReportOutcome.Committed, result.Outcomes[0]);
            }
        }

        await using var again = await Start();
        var view = await PrinterGrain(again).GetView();

        Assert.Equal((false, ""), (view.BedCleared, view.JobId));
    }

    [Fact]
    public async Task Queue_AfterTheRestart_ShowsTheRunningJobAsItWas_AndAStepThatWasNotToldIsTold()
    {
        await using (var host = await Start())
        {
            await Printer(host);
            await Job(host).Order(new PrintRequest("printer", GrainHost.Origin, "https://models.example/cube.gcode", "", "", "", "", default, Hold: false, 0));
            await Eventually.Is(() => State(host), state => state == PrintJobState.Fetching);
            await Job(host).Report("printer", Report(1, PrintJobTrigger.Fetched), CancellationToken.None);
            Assert.Equal(PrintJobState.Verifying, await State(host));
        }

        await using (var again = await Start())
            Assert.Equal(PrintJobState.Verifying, await State(again));

        // The process ends between the job's own write and the word to the printer.
        using (var database = new SqliteConnection($"Data Source={Directory.EnumerateFiles(_directory.Path, "*.db").Single()};Pooling=False"))
        {
            database.Open();
            using var step = database.CreateCommand();
            step.CommandText = """
                UPDATE grain_state SET data = replace(replace(data, '"State":"Verifying"', '"State":"Uploading"'), '"Reported":1', '"Reported":2')
                WHERE state = 'printJob' AND data LIKE '%"State":"Verifying"%"Reported":1%'
                """;
            Assert.Equal(1, step.ExecuteNonQuery());
        }

        await using var third = await Start();
        await Printer(third);
        await Eventually.Is(() => State(third), state => state == PrintJobState.Uploading);
    }

    private Task<GrainHost> Start() => GrainHost.StartIn(
        _directory.Path, ("Printing:ContentServers:0:Id", "models"), ("Printing:ContentServers:0:Url", "https://models.example/"));

    private static async Task<ConnectedEdge> Printer(GrainHost host)
    {
        var edge = await ConnectedEdge.Connect(host, answer: TestPrinter.HasEveryJob);
        await edge.Announce(Some.Service("printer") with
        {
            Scopes = PrintingProfile.Scopes,
            Profiles = [new ServiceProfile(PrintingProfile.Name, PrintingProfile.Attributes)],
        });
        await Snapshot(host, OperatingStatus.Idle);
        return edge;
    }

    private static async Task Snapshot(GrainHost host, OperatingStatus status)
    {
        var snapshot = new PrinterSnapshot
        {
            PrintAttribute = new PrinterAttributes(),
            Status = new PrinterStatus { OperatingStatus = status, TimeStamp = 1, TimeStampString = "19700101000000.001-0000" },
        };
        await PrinterGrain(host).Report(
            Some.Batch(Item(PrintingProfile.Information, JsonSerializer.SerializeToUtf8Bytes(snapshot, PrintingJson.Default.PrinterSnapshot))), CancellationToken.None);
    }

    private static ReportBatch Report(long number, PrintJobTrigger trigger) => Some.Batch(Item(
        PrintingProfile.Job,
        JsonSerializer.SerializeToUtf8Bytes(
            new PrintJobReport { JobId = "job-1", Number = number, Trigger = trigger, At = Some.Time }, PrintingJson.Default.PrintJobReport)));

    private static ReportItem Item(string attribute, byte[] quantities) =>
        Some.Item(attribute: attribute) with { Quantities = HealthSlices.Inner(quantities) };

    private static async Task<PrintJobState?> State(GrainHost host)
    {
        var view = await PrinterGrain(host).GetView();
        var queue = JsonSerializer.Deserialize(view.Queue.Span, PrintingJson.Default.ImmutableArrayPrintQueueEntry);
        return queue.FirstOrDefault(entry => entry.JobId == "job-1")?.State;
    }

    private static IPrinterGrain PrinterGrain(GrainHost host) => host.Client.GetGrain<IPrinterGrain>(TenantKey.Of(GrainHost.Tenant, "printer"));

    private static IPrintJobGrain Job(GrainHost host) => host.Client.GetGrain<IPrintJobGrain>(TenantKey.Of(GrainHost.Tenant, "job-1"));
}
