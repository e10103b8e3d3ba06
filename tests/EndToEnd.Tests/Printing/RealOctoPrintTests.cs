using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.EndToEnd.Tests.Hosts;
using Dwapi.Gotapi.Printing;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>
/// OctoPrint itself, which is not part of this project, with its own virtual printer; host, edge and content server are processes as installed.
/// DWAPI_OCTOPRINT is its address, DWAPI_OCTOPRINT_KEY the key of an administrator of it.
/// </summary>
public sealed class RealOctoPrintTests : IAsyncLifetime
{
    private const string Missing = "Needs OctoPrint, connected to its virtual printer and idle: DWAPI_OCTOPRINT=http://HOST:PORT and DWAPI_OCTOPRINT_KEY=KEY of an administrator.";
    private const string Printer = "3dp-real";

    private readonly TemporaryPlace _place = new();
    private readonly HostProcess _host = new();
    private readonly ContentProcess _content;
    private readonly ApplicationClient _application;
    private readonly PrintEvents _events;
    private HttpClient _octoPrint = null!;
    private OperatorClient _operator = null!;
    private ChildProcess _edge = null!;
    private string _config = "";

    public RealOctoPrintTests()
    {
        _content = new ContentProcess(_place["models"]);
        _application = new ApplicationClient(_host.Url, "https://school.example");
        _events = new PrintEvents(_application, Printer);
    }

    public static bool HasOctoPrint => Address is not null && Key is not null;

    private static string? Address => Environment.GetEnvironmentVariable("DWAPI_OCTOPRINT");

    private static string? Key => Environment.GetEnvironmentVariable("DWAPI_OCTOPRINT_KEY");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Skip = Missing, SkipUnless = nameof(HasOctoPrint), Timeout = 300_000)]
    public async Task Job_IsPrintedPausedAndResumed_AndTheNextOneWaitsForTheBed_AndIsCancelledWhileItHeats()
    {
        var printer = (await _application.Expect("GET", Path("information"))).GetProperty("3dp");
        Assert.StartsWith("Virtual Marlin", printer.GetProperty("device").GetProperty("firmwareRevision").GetString(), StringComparison.Ordinal);
        Assert.True(printer.GetProperty("printAttribute").GetProperty("printSizeX").GetDouble() > 0);

        var first = await OrderAsync("short", "Bär & Käse.gcode");
        var next = await OrderAsync("hot", "hot.gcode");
        await Until(first, PrintJobState.Printing);
        await PatchAsync($"/api/v1/printers/{Printer}/jobs/{first}", new { paused = true });
        await Until(first, PrintJobState.Paused);
        Assert.True(Is("paused"), "who asks for a pause needs no attention");
        await PatchAsync($"/api/v1/printers/{Printer}/jobs/{first}", new { paused = false });
        await Until(first, PrintJobState.Completed);
        await Until(() => Is("finished"), "the printer has finished");
        Assert.Equal(PrintJobState.Queued, _events.StatesOf(next)[^1]);

        await PatchAsync($"/api/v1/printers/{Printer}", new { bedCleared = true });
        await Until(next, PrintJobState.Printing);
        await Until(() => Is("heating"), "it heats");
        await _application.Expect("DELETE", Path("printingcommand") + $"&jobId={next}");
        await Until(next, PrintJobState.Cancelled);
        await Until(() => Is("stopped"), "the printer has stopped");

        var files = (await _octoPrint.GetFromJsonAsync<JsonElement>("api/files/local", Stop)).GetProperty("files");
        Assert.DoesNotContain(files.EnumerateArray(), file => file.GetProperty("name").GetString()!.Contains("job-", StringComparison.Ordinal));
    }

    [Fact(Skip = Missing, SkipUnless = nameof(HasOctoPrint), Timeout = 300_000)]
    public async Task EdgeKilledInMidPrint_TakesItsPrintUpAgain_WithoutASecondStart()
    {
        var job = await OrderAsync("long", "long.gcode");
        await Until(job, PrintJobState.Printing);
        await Until(() => Is("printing"), "it prints");
        await Eventually.True(async () => await PrintTimeAsync() > 0, "some seconds are printed");

        await _edge.KillAsync();
        await _edge.DisposeAsync();
        var before = await PrintTimeAsync();
        StartEdge();
        await Until(job, PrintJobState.Unknown);
        await Until(job, PrintJobState.Printing);
        Assert.True(await PrintTimeAsync() >= before, "a print that began anew begins with no time");

        await _application.Expect("DELETE", Path("printingcommand") + $"&jobId={job}");
        await Until(job, PrintJobState.Cancelled);
    }

    [Fact(Skip = Missing, SkipUnless = nameof(HasOctoPrint), Timeout = 300_000)]
    public async Task Printer_ThatPausesResetsAndHalts_IsToldApart()
    {
        var job = await OrderAsync("long", "long.gcode");
        await Until(job, PrintJobState.Printing);
        await VirtualPrinterAsync("action_pause");
        await Until(job, PrintJobState.Paused);
        await Until(() => Is("attention"), "a person is needed");
        await VirtualPrinterAsync("action_resume");
        await Until(job, PrintJobState.Printing);
        await VirtualPrinterAsync("reset");
        await Until(job, PrintJobState.Failed);
        Assert.Equal("interrupted", await ErrorAsync(job));

        await PatchAsync($"/api/v1/printers/{Printer}", new { bedCleared = true });
        job = await OrderAsync("long", "long.gcode");
        await Until(job, PrintJobState.Printing);
        await VirtualPrinterAsync("trigger_fatal_error_marlin");
        await Until(job, PrintJobState.Failed);
        Assert.Equal("thermal", await ErrorAsync(job));
        await Until(() => Is("error"), "the printer is given up");
        Assert.Equal("thermal-runaway", _events.Status.GetProperty("alerts")[0].GetProperty("code").GetString());

        await CommandAsync("connection", new { command = "connect" });
        await Until(() => Is("stopped"), "OctoPrint has its printer again");
    }

    public async ValueTask InitializeAsync()
    {
        _octoPrint = new HttpClient { BaseAddress = new Uri(new Uri(Address!), "/") };
        _octoPrint.DefaultRequestHeaders.Add("X-Api-Key", Key);
        _octoPrint.DefaultRequestHeaders.ConnectionClose = true;
        Directory.CreateDirectory(_place["models"]);
        await WriteModelAsync("short", lines: 100, nozzle: 40);
        await WriteModelAsync("long", lines: 1000, nozzle: 40);
        await WriteModelAsync("hot", lines: 10, nozzle: 120);
        await _content.StartAsync();
        await _host.StartAsync(
            "--Printing:ContentServers:0:Id=models", "--Printing:ContentServers:0:Kind=oauth", $"--Printing:ContentServers:0:Url={_content.Url}content/",
            $"--Printing:ContentServers:0:ClientId={ContentProcess.ClientId}", $"--Printing:ContentServers:0:ClientSecret={ContentProcess.ClientSecret}");
        _operator = _host.Operator();
        (_config, _) = await EdgeSettings.WriteAsync(_host, new { }, new { id = "real", kind = "OctoPrint", address = Address, apiKey = Key });
        StartEdge();
        var access = _application.RequestAccess("serviceDiscovery,3dp");
        await _operator.Decide(await _operator.FirstPendingApproval(), approve: true);
        await access;
        await Eventually.True(async () => await StatusAsync() == "idle", "the printer is idle");
        await _events.ConnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // A test that failed leaves no print behind for the next one.
        await _octoPrint.PostAsJsonAsync("api/job", new { command = "cancel" }, CancellationToken.None);
        _events.Dispose();
        _application.Dispose();
        _operator?.Dispose();
        if (_edge is not null)
            await _edge.DisposeAsync();
        await _content.DisposeAsync();
        await _host.DisposeAsync();
        _octoPrint.Dispose();
        _place.Dispose();
    }

    private static string Path(ApplicationClient application, string attribute) => School.Path3dp(application, attribute, Printer);

    private string Path(string attribute) => Path(_application, attribute);

    private void StartEdge() => _edge = new ChildProcess(ChildProcess.Program("Edge", "dwapi-edge.dll"), "run", "--config", _config);

    private Task WriteModelAsync(string id, int lines, int nozzle) => File.WriteAllTextAsync(
        System.IO.Path.Combine(_place["models"], id + ".gcode"),
        $"M109 S{nozzle}\nG28\n{string.Concat(Enumerable.Range(0, lines).Select(line => $"G1 X{10 + (line % 100)} Y{10 + (line % 80)} F3000\nG4 P40\n"))}M104 S0\n", Stop);

    private async Task<string> OrderAsync(string model, string fileName)
    {
        var server = Assert.Single((await _application.Expect("GET", Path("contentserver"))).GetProperty("contentserver").EnumerateArray());
        using var http = new HttpClient { BaseAddress = new Uri(server.GetProperty("url").GetString()!) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.GetProperty("secureToken").GetString());
        var models = await http.GetFromJsonAsync<JsonElement>("models", Stop);
        var file = models.EnumerateArray().Single(one => one.GetProperty("id").GetString() == model).GetProperty("file").GetString();
        var uri = new Uri(http.BaseAddress, file).AbsoluteUri;
        return (await _application.Expect("PUT", Path("printingcommand") + $"&uri={Uri.EscapeDataString(uri)}&fileName={Uri.EscapeDataString(fileName)}"))
            .GetProperty("jobId").GetString()!;
    }

    private Task Until(string jobId, PrintJobState wanted) => Until(() => _events.StatesOf(jobId).LastOrDefault() == wanted, $"{jobId} {wanted}");

    private Task Until(Func<bool> wanted, string what) => wanted() ? Task.CompletedTask : _events.Until(wanted, what);

    private bool Is(string status) => _events.Status.GetProperty("operatingStatus").GetString() == status;

    private async Task<string?> StatusAsync()
    {
        var answer = await _application.Call("GET", Path("status"));
        return answer.TryGetProperty("3dp", out var printer) ? printer.GetProperty("status").GetProperty("operatingStatus").GetString() : null;
    }

    private async Task<string?> ErrorAsync(string jobId) => (await _application.Expect("GET", Path("printingcommand"))).GetProperty("printqueue").EnumerateArray()
        .Single(entry => entry.GetProperty("jobId").GetString() == jobId).GetProperty("error").GetProperty("code").GetString();

    private async Task PatchAsync(string path, object change) => (await _operator.Http.PatchAsJsonAsync(path, change, Stop)).EnsureSuccessStatusCode();

    private async Task<double?> PrintTimeAsync() =>
        (await _octoPrint.GetFromJsonAsync<JsonElement>("api/job", Stop)).GetProperty("progress").GetProperty("printTime") is { ValueKind: JsonValueKind.Number } time ? time.GetDouble() : null;

    private async Task CommandAsync(string resource, object command) => (await _octoPrint.PostAsJsonAsync($"api/{resource}", command, Stop)).EnsureSuccessStatusCode();

    private Task VirtualPrinterAsync(string what) => CommandAsync("printer/command", new { command = $"!!DEBUG:{what}" });
}
