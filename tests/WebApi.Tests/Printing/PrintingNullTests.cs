using System.Text.Json;
using System.Text.Json.Nodes;
using Dwapi.Gotapi.Printing;
using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.Printing;

/// <summary>Null in every place of a snapshot and of a report: one item is refused, and the link goes on.</summary>
public sealed class PrintingNullTests(PrintingHost shared) : IClassFixture<PrintingHost>
{
    // What a snapshot may leave open: a number that the back end does not know, and what only some printers have.
    private static readonly string[] SnapshotMayLack =
    [
        "networkInfo", "capabilities", "printAttribute.memory", "printAttribute.nozzleDiameter", "printAttribute.heatedBed", "printAttribute.formFactor",
        "status.nozzleTemperature", "status.nozzleTargetTemperature", "status.bedTemperature", "status.bedTargetTemperature", "status.chamberTemperature",
        "status.tools.0.actual", "status.tools.0.target", "status.progress", "status.elapsed", "status.remaining", "status.currentOrder", "status.currentJobId",
        "printQueue.0.jobId", "printQueue.0.state", "printQueue.0.progress", "printQueue.0.fileName", "printQueue.0.held", "printQueue.0.priority",
        "printQueue.0.attention", "printQueue.0.estimatedSeconds", "printQueue.0.addedAt", "printQueue.0.startedAt", "printQueue.0.endedAt",
        "printQueue.0.error", "printQueue.0.attempt",
    ];

    private static readonly string[] ReportMayLack = ["error", "bytes", "size", "digest", "estimatedSeconds", "remoteName", "remoteJobId"];

    private GotapiHost Host => shared.Host;

    [Fact]
    public Task Snapshot_WithNull_IsRefusedWithItsNameUnlessItMayLackThat_AndTheLinkStays() =>
        Sweep(PrintingProfile.Information, JsonSerializer.Serialize(Snapshot(), PrintingJson.Default.PrinterSnapshot), SnapshotMayLack);

    [Fact]
    public Task Report_WithNull_IsRefusedWithItsNameUnlessItMayLackThat_AndTheLinkStays()
    {
        // A job that nobody knows is refused too, but by its grain.
        var report = new PrintJobReport
        {
            JobId = "job-nobody",
            Number = 1,
            Trigger = PrintJobTrigger.Failed,
            At = 1,
            Error = new PrintError(PrintErrorCode.Jam, "jam"),
            Bytes = 1,
            Size = 2,
            Digest = "ab",
            EstimatedSeconds = 3,
            RemoteName = "a.gcode",
            RemoteJobId = "1",
        };
        return Sweep(PrintingProfile.Job, JsonSerializer.Serialize(report, PrintingJson.Default.PrintJobReport), ReportMayLack);
    }

    [Theory]
    [InlineData("""{"status":{"operatingStatus":"idle","timeStamp":1,"timeStampString":"x"}}""")]
    [InlineData("""{"printAttribute":{}}""")]
    [InlineData("""{"printAttribute":{},"status":{"operatingStatus":"idle","timeStamp":1,"timeStampString":"x","alerts":[{"code":"jam","since":1}]}}""")]
    [InlineData("""{"printAttribute":{},"networkInfo":{"wan":true},"status":{"operatingStatus":"idle","timeStamp":1,"timeStampString":"x"}}""")]
    [InlineData("""{"printAttribute":{},"status":{"operatingStatus":"idle","timeStamp":1,"timeStampString":"x"},"printQueue":[{"order":0}]}""")]
    public async Task Snapshot_WithoutAMemberThatItNeeds_IsRefused_AndTheLinkStays(string snapshot)
    {
        await using var printer = await TestPrinter.Connect(Host);

        Assert.Equal(10, (await printer.Item(PrintingProfile.Information, snapshot))!.ErrorCode);
        Assert.Null(await printer.Report(OperatingStatus.Idle));
    }

    private async Task Sweep(string attribute, string whole, string[] mayLack)
    {
        await using var printer = await TestPrinter.Connect(Host);
        var admitted = new List<string>();
        foreach (var path in Paths(JsonNode.Parse(whole)!, ""))
        {
            var item = JsonNode.Parse(whole)!;
            Nullify(item, path.Split('.'));
            var refused = await printer.Item(attribute, item.ToJsonString());
            if (refused is { ErrorCode: 10 } && refused.ErrorMessage.Contains($"A member of {attribute}", StringComparison.Ordinal))
                continue;
            admitted.Add(path);
        }

        Assert.Equal(mayLack.Order(StringComparer.Ordinal), admitted.Order(StringComparer.Ordinal));
        Assert.Equal(10, (await printer.Item(attribute, "null"))!.ErrorCode);
        Assert.Null(await printer.Report(OperatingStatus.Idle));
    }

    private static IEnumerable<string> Paths(JsonNode node, string path)
    {
        if (path.Length > 0)
            yield return path;
        var members = node switch
        {
            JsonObject record => record.Select(member => (member.Key, member.Value)),
            JsonArray list => list.Select((element, index) => (Key: $"{index}", Value: element)),
            _ => [],
        };
        foreach (var (name, value) in members)
        {
            foreach (var inner in Paths(value!, path.Length == 0 ? name : $"{path}.{name}"))
                yield return inner;
        }
    }

    private static void Nullify(JsonNode node, ReadOnlySpan<string> path)
    {
        while (path.Length > 1)
        {
            node = node is JsonArray list ? list[int.Parse(path[0])]! : node[path[0]]!;
            path = path[1..];
        }

        if (node is JsonArray last)
            last[int.Parse(path[0])] = null;
        else
            node[path[0]] = null;
    }

    private static PrinterSnapshot Snapshot() => new()
    {
        PrintAttribute = new PrinterAttributes
        {
            PrintType = PrintTypes.Fdm,
            PrintSizeX = 1,
            PrintSizeY = 1,
            PrintSizeZ = 1,
            Network = "WiFi",
            Memory = 1,
            NozzleDiameter = 0.4,
            HeatedBed = true,
            FormFactor = "circular",
            FileTypes = ["text/x.gcode"],
        },
        NetworkInfo = new NetworkInfo(Wan: false, "192.0.2.7"),
        Capabilities = new PrinterCapabilities(PullsByUri: false, HasQueue: true, Push: true, Slices: false),
        Status = new PrinterStatus
        {
            OperatingStatus = OperatingStatus.Idle,
            NozzleTemperature = 1,
            NozzleTargetTemperature = 1,
            BedTemperature = 1,
            BedTargetTemperature = 1,
            ChamberTemperature = 1,
            Tools = [new ToolTemperature(0, 1, 1)],
            Progress = 0,
            Elapsed = 1,
            Remaining = 1,
            CurrentOrder = 0,
            CurrentJobId = "j",
            Alerts = [new PrinterAlert(AlertCode.Jam, AlertSeverity.Info, "jam", 1)],
            TimeStamp = 1,
            TimeStampString = "19700101000000.001-0000",
        },
        PrintQueue =
        [
            new PrintQueueEntry
            {
                Uri = "file:a",
                Msg = "m",
                JobId = "j",
                State = PrintJobState.Failed,
                Progress = 0,
                FileName = "a",
                Origin = PrintOrigin.Printer,
                Held = true,
                Priority = 1,
                Attention = true,
                EstimatedSeconds = 1,
                AddedAt = 1,
                StartedAt = 1,
                EndedAt = 1,
                Error = new PrintError(PrintErrorCode.Jam, "jam"),
                Attempt = 1,
            },
        ],
    };
}
