using System.Net.Http.Json;
using System.Text.Json;
using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.Gotapi.Printing;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>
/// OctoPrint itself, which is not part of this project, with its own virtual printer; host, edge and content server are processes as installed.
/// DWAPI_OCTOPRINT is its address, DWAPI_OCTOPRINT_KEY the key of an administrator of it.
/// </summary>
public sealed class RealOctoPrintTests : IAsyncLifetime
{
    private const string Missing = "Needs OctoPrint, connected to its virtual printer and idle: DWAPI_OCTOPRINT=http://HOST:PORT and DWAPI_OCTOPRINT_KEY=KEY of an administrator.";

    private readonly Workshop _workshop = new();
    private HttpClient _octoPrint = null!;

    public static bool HasOctoPrint => Address is not null && Key is not null;

    private static string? Address => Environment.GetEnvironmentVariable("DWAPI_OCTOPRINT");

    private static string? Key => Environment.GetEnvironmentVariable("DWAPI_OCTOPRINT_KEY");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Skip = Missing, SkipUnless = nameof(HasOctoPrint), Timeout = 300_000)]
    public async Task Job_IsPrintedPausedAndResumed_AndTheNextOneWaitsForTheBed_AndIsCancelledWhileItHeats()
    {
        var printer = (await _workshop.Application.Expect("GET", _workshop.Path3dp("information"))).GetProperty("3dp");
        Assert.StartsWith("Virtual Marlin", printer.GetProperty("device").GetProperty("firmwareRevision").GetString(), StringComparison.Ordinal);
        Assert.True(printer.GetProperty("printAttribute").GetProperty("printSizeX").GetDouble() > 0);

        var first = await _workshop.OrderAsync("short", "Bär & Käse.gcode");
        var next = await _workshop.OrderAsync("hot", "hot.gcode");
        await _workshop.UntilAsync(first, PrintJobState.Printing);
        await _workshop.ChangeJobAsync(first, new { paused = true });
        await _workshop.UntilAsync(first, PrintJobState.Paused);
        Assert.True(_workshop.Is("paused"), "who asks for a pause needs no attention");
        await _workshop.ChangeJobAsync(first, new { paused = false });
        await _workshop.UntilAsync(first, PrintJobState.Completed);
        await _workshop.UntilAsync("finished");
        Assert.Equal(PrintJobState.Queued, _workshop.Events.StatesOf(next)[^1]);

        await _workshop.ClearBedAsync();
        await _workshop.UntilAsync(next, PrintJobState.Printing);
        await _workshop.UntilAsync("heating");
        await _workshop.StopJobAsync(next);
        await _workshop.UntilAsync(next, PrintJobState.Cancelled);
        await _workshop.UntilAsync("stopped");

        var files = (await _octoPrint.GetFromJsonAsync<JsonElement>("api/files/local", Stop)).GetProperty("files");
        Assert.DoesNotContain(files.EnumerateArray(), file => file.GetProperty("name").GetString()!.Contains("job-", StringComparison.Ordinal));
    }

    [Fact(Skip = Missing, SkipUnless = nameof(HasOctoPrint), Timeout = 300_000)]
    public async Task EdgeKilledInMidPrint_TakesItsPrintUpAgain_WithoutASecondStart()
    {
        var job = await _workshop.OrderAsync("long", "long.gcode");
        await _workshop.UntilAsync(job, PrintJobState.Printing);
        await _workshop.UntilAsync("printing");
        await Eventually.True(async () => await PrintTimeAsync() > 0, "some seconds are printed");

        await _workshop.KillEdgeAsync();
        var before = await PrintTimeAsync();
        _workshop.StartEdge();
        await _workshop.UntilAsync(job, PrintJobState.Unknown);
        await _workshop.UntilAsync(job, PrintJobState.Printing);
        Assert.True(await PrintTimeAsync() >= before, "a print that began anew begins with no time");

        await _workshop.StopJobAsync(job);
        await _workshop.UntilAsync(job, PrintJobState.Cancelled);
    }

    [Fact(Skip = Missing, SkipUnless = nameof(HasOctoPrint), Timeout = 300_000)]
    public async Task Printer_ThatPausesResetsAndHalts_IsToldApart()
    {
        var job = await _workshop.OrderAsync("long", "long.gcode");
        await _workshop.UntilAsync(job, PrintJobState.Printing);
        await VirtualPrinterAsync("action_pause");
        await _workshop.UntilAsync(job, PrintJobState.Paused);
        await _workshop.UntilAsync("attention");
        await VirtualPrinterAsync("action_resume");
        await _workshop.UntilAsync(job, PrintJobState.Printing);
        await VirtualPrinterAsync("reset");
        await _workshop.UntilAsync(job, PrintJobState.Failed);
        Assert.Equal("interrupted", await ErrorAsync(job));

        await _workshop.ClearBedAsync();
        job = await _workshop.OrderAsync("long", "long.gcode");
        await _workshop.UntilAsync(job, PrintJobState.Printing);
        await VirtualPrinterAsync("trigger_fatal_error_marlin");
        await _workshop.UntilAsync(job, PrintJobState.Failed);
        Assert.Equal("thermal", await ErrorAsync(job));
        await _workshop.UntilAsync("error");
        Assert.Equal("thermal-runaway", _workshop.Events.Status.GetProperty("alerts")[0].GetProperty("code").GetString());

        await CommandAsync("connection", new { command = "connect" });
        await _workshop.UntilAsync("stopped");
    }

    public async ValueTask InitializeAsync()
    {
        _octoPrint = new HttpClient { BaseAddress = new Uri(new Uri(Address!), "/") };
        _octoPrint.DefaultRequestHeaders.Add("X-Api-Key", Key);
        _octoPrint.DefaultRequestHeaders.ConnectionClose = true;
        Directory.CreateDirectory(_workshop.Models);
        await WriteModelAsync("short", lines: 100, nozzle: 40);
        await WriteModelAsync("long", lines: 1000, nozzle: 40);
        await WriteModelAsync("hot", lines: 10, nozzle: 120);
        await _workshop.StartAsync(new { id = Workshop.PrinterId, kind = "OctoPrint", address = Address, apiKey = Key });
    }

    public async ValueTask DisposeAsync()
    {
        // A test that failed leaves no print behind for the next one.
        await _octoPrint.PostAsJsonAsync("api/job", new { command = "cancel" }, CancellationToken.None);
        await _workshop.DisposeAsync();
        _octoPrint.Dispose();
    }

    private Task WriteModelAsync(string id, int lines, int nozzle) => File.WriteAllTextAsync(
        Path.Combine(_workshop.Models, id + ".gcode"),
        $"M109 S{nozzle}\nG28\n{string.Concat(Enumerable.Range(0, lines).Select(line => $"G1 X{10 + (line % 100)} Y{10 + (line % 80)} F3000\nG4 P40\n"))}M104 S0\n", Stop);

    private async Task<string?> ErrorAsync(string jobId) => (await _workshop.Application.Expect("GET", _workshop.Path3dp("printingcommand"))).GetProperty("printqueue").EnumerateArray()
        .Single(entry => entry.GetProperty("jobId").GetString() == jobId).GetProperty("error").GetProperty("code").GetString();

    private async Task<double?> PrintTimeAsync() =>
        (await _octoPrint.GetFromJsonAsync<JsonElement>("api/job", Stop)).GetProperty("progress").GetProperty("printTime") is { ValueKind: JsonValueKind.Number } time ? time.GetDouble() : null;

    private async Task CommandAsync(string resource, object command) => (await _octoPrint.PostAsJsonAsync($"api/{resource}", command, Stop)).EnsureSuccessStatusCode();

    private Task VirtualPrinterAsync(string what) => CommandAsync("printer/command", new { command = $"!!DEBUG:{what}" });
}
