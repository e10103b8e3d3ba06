using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.EndToEnd.Tests.Hosts;
using Dwapi.Gotapi.Printing;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>
/// A school with one printer: host, edge, content server and virtual printer are processes of their own. The lines to the content server and to
/// the printer are in the test's hand, and the printer's clock stands until the test moves it.
/// </summary>
internal sealed class School : IAsyncDisposable
{
    public const string Printer = "3dp-school";

    private readonly HostProcess _host = new();
    private readonly ContentProcess _content;
    private readonly HttpClient _control;
    private readonly string[] _settings;
    private readonly int _printerPort = FreePort.Next();
    private ChildProcess? _printer;
    private ChildProcess? _edge;

    private School(string models)
    {
        _content = new ContentProcess(models);
        ContentLine = new GatedLine(_content.Url);
        _control = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_printerPort}/") };
        PrinterLine = new GatedLine(_control.BaseAddress);
        _settings = ContentProcess.SettingsOf(ContentLine.Address);
        Application = new ApplicationClient(_host.Url, "https://school.example");

        // A host that was killed and came back answers on the same address: no connection of the old one may be used again.
        Application.Http.DefaultRequestHeaders.ConnectionClose = true;
        Events = new PrintEvents(Application, Printer);
    }

    /// <summary>Between host and edge on one side, the content server on the other.</summary>
    public GatedLine ContentLine { get; }

    /// <summary>Between edge and printer.</summary>
    public GatedLine PrinterLine { get; }

    public ApplicationClient Application { get; }

    public PrintEvents Events { get; }

    public OperatorClient Operator { get; private set; } = null!;

    /// <summary>The part of a download that is on the edge's disk, bytes.</summary>
    public long Fetched => new DirectoryInfo(Path.Combine(_host.DataDirectory, "edge", "print-jobs")).EnumerateFiles("*.part").Sum(file => file.Length);

    /// <summary>What the edge takes.</summary>
    public ProcessFigures EdgeFigures => ProcessFigures.With(Config);

    private string Config => Path.Combine(_host.DataDirectory, "edge.json");

    /// <summary>Starts everything; the application is approved, listens, and the printer is idle.</summary>
    /// <param name="models">Folder of the models.</param>
    public static async Task<School> StartAsync(string models)
    {
        var school = new School(models);
        await school._content.StartAsync();
        await school._host.StartAsync(school._settings);
        school._printer = Edge(
            "virtual-printer", "--port", $"{school._printerPort}", "--data", Path.Combine(school._host.DataDirectory, "printer"), "--time-scale", "0");
        await school._printer.LineWith("prints at");
        school.Operator = school._host.Operator();
        await EdgeSettings.WriteAsync(
            school._host, new { }, new { id = "school", address = school.PrinterLine.Address, network = "Ethernet" });
        school.StartEdge();
        var access = school.Application.RequestAccess("serviceDiscovery,3dp");
        await school.Operator.Decide(await school.Operator.FirstPendingApproval(), approve: true);
        await access;
        await Eventually.True(async () => await school.StatusAsync() == "idle", "the printer is idle");
        await school.Events.ConnectAsync();
        return school;
    }

    /// <summary>The address of a model, found as an application finds it: at the content server, with the token for listing.</summary>
    public async Task<string> FindModelAsync(string id)
    {
        var server = Assert.Single((await Application.Expect("GET", Path3dp("contentserver"))).GetProperty("contentserver").EnumerateArray());
        using var http = new HttpClient { BaseAddress = new Uri(server.GetProperty("url").GetString()!) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.GetProperty("secureToken").GetString());
        var models = await http.GetFromJsonAsync<JsonElement>("models", TestContext.Current.CancellationToken);
        var file = models.EnumerateArray().Single(model => model.GetProperty("id").GetString() == id).GetProperty("file").GetString();
        return new Uri(http.BaseAddress, file).AbsoluteUri;
    }

    /// <summary>Orders a job; its id.</summary>
    public async Task<string> OrderAsync(string model, string more = "") =>
        (await Application.Expect("PUT", Path3dp("printingcommand") + $"&uri={Uri.EscapeDataString(model)}{more}")).GetProperty("jobId").GetString()!;

    /// <summary>A request of the profile, by its attribute.</summary>
    public static string Path3dp(ApplicationClient application, string attribute, string printer = Printer) =>
        $"/gotapi/3dp/{attribute}?serviceId={printer}&accessToken={application.Token}";

    public string Path3dp(string attribute) => Path3dp(Application, attribute);

    /// <summary>The queue as it is answered.</summary>
    public async Task<IReadOnlyList<(string JobId, PrintJobState State)>> QueueAsync() =>
        [.. (await Application.Expect("GET", Path3dp("printingcommand"))).GetProperty("printqueue").EnumerateArray()
            .Select(entry => (entry.GetProperty("jobId").GetString()!, entry.GetProperty("state").Deserialize(PrintingJson.Default.PrintJobState)))];

    /// <summary>The person at the printer takes the part off.</summary>
    public async Task ClearBedAsync() => (await PatchAsync($"/api/v1/printers/{Printer}", new { bedCleared = true })).EnsureSuccessStatusCode();

    /// <summary>The operator changes a job.</summary>
    public async Task ChangeJobAsync(string jobId, object change) =>
        (await PatchAsync($"/api/v1/printers/{Printer}/jobs/{jobId}", change)).EnsureSuccessStatusCode();

    /// <summary>Does something to the printer, behind its line.</summary>
    public async Task ControlAsync(string what) => (await _control.PostAsync($"virtual/{what}", null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

    /// <summary>Prints that the printer ever began, by its own history: file name and what became of it, the first one first.</summary>
    public async Task<IReadOnlyList<(string File, string Status)>> PrintsAsync()
    {
        var history = await _control.GetFromJsonAsync<JsonElement>("server/history/list?limit=1000", TestContext.Current.CancellationToken);
        return [.. history.GetProperty("result").GetProperty("jobs").EnumerateArray().Reverse()
            .Select(job => (job.GetProperty("filename").GetString()!, job.GetProperty("status").GetString()!))];
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync(Victim victim)
    {
        switch (victim)
        {
            case Victim.Host:
                await _host.KillAsync();
                break;
            case Victim.Edge:
                await _edge!.KillAsync();
                await _edge.DisposeAsync();

                // What the lines held of it is gone with it.
                PrinterLine.Break();
                ContentLine.Break();
                break;
            default:
                await _content.KillAsync();
                ContentLine.Break();
                break;
        }
    }

    /// <summary>Starts it again; the application asks for what it missed.</summary>
    public async Task StartAgainAsync(Victim victim)
    {
        switch (victim)
        {
            case Victim.Host:
                await _host.StartAsync(_settings);
                await Events.ConnectAsync();
                break;
            case Victim.Edge:
                StartEdge();
                break;
            default:
                await _content.StartAsync();
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Events.Dispose();
        Application.Dispose();
        _control.Dispose();
        Operator?.Dispose();
        foreach (var process in new[] { _edge, _printer })
        {
            if (process is not null)
                await process.DisposeAsync();
        }

        await _content.DisposeAsync();
        await ContentLine.DisposeAsync();
        await PrinterLine.DisposeAsync();
        await _host.DisposeAsync();
    }

    private static ChildProcess Edge(params string[] arguments) => new(ChildProcess.Program("Edge", "dwapi-edge.dll"), arguments);

    private void StartEdge() => _edge = Edge("run", "--config", Config);

    private Task<HttpResponseMessage> PatchAsync(string path, object change) =>
        Operator.Http.PatchAsJsonAsync(path, change, TestContext.Current.CancellationToken);

    private async Task<string?> StatusAsync()
    {
        var answer = await Application.Call("GET", Path3dp("status"));
        return answer.TryGetProperty("3dp", out var printer) ? printer.GetProperty("status").GetProperty("operatingStatus").GetString() : null;
    }
}
