using System.Net.Http.Json;
using System.Text.Json;
using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.EndToEnd.Tests.Hosts;
using Dwapi.Gotapi.Printing;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>Host, content server and edge as processes of their own, beside one real printer, which is the test's affair.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    /// <summary>What the printer is called in the settings of the edge.</summary>
    public const string PrinterId = "real";

    private const string Printer = "3dp-" + PrinterId;

    private readonly HostProcess _host = new();
    private readonly ContentProcess _content;
    private OperatorClient? _operator;
    private ChildProcess? _edge;

    public Workshop()
    {
        _content = new ContentProcess(Models);
        Application = new ApplicationClient(_host.Url, "https://workshop.example");
        Events = new PrintEvents(Application, Printer);
    }

    public ApplicationClient Application { get; }

    public PrintEvents Events { get; }

    /// <summary>Folder of the models.</summary>
    public string Models => Path.Combine(_host.DataDirectory, "models");

    /// <summary>Starts everything and waits until the printer is seen and free; its bed is taken for clear.</summary>
    /// <param name="printer">The settings of the printer; its id is <see cref="PrinterId"/>.</param>
    public async Task StartAsync(object printer)
    {
        await _content.StartAsync();
        await _host.StartAsync(ContentProcess.SettingsOf(_content.Url));
        _operator = _host.Operator();
        await EdgeSettings.WriteAsync(_host, new { }, printer);
        StartEdge();
        var access = Application.RequestAccess("serviceDiscovery,3dp");
        await _operator.Decide(await _operator.FirstPendingApproval(), approve: true);
        await access;
        await Eventually.True(IsFreeAsync, "the printer is ready and empty");
        await Events.ConnectAsync();
        await ClearBedAsync();
    }

    public void StartEdge() => _edge = new ChildProcess(
        ChildProcess.Program("Edge", "dwapi-edge.dll"), "run", "--config", Path.Combine(_host.DataDirectory, "edge.json"));

    public async Task KillEdgeAsync()
    {
        await _edge!.KillAsync();
        await _edge.DisposeAsync();
    }

    /// <summary>Orders a model; the id of the job.</summary>
    public async Task<string> OrderAsync(string model, string fileName) =>
        (await Application.Expect(
            "PUT",
            Path3dp("printingcommand") + $"&uri={Uri.EscapeDataString($"{_content.Url}content/models/{model}/file")}&fileName={Uri.EscapeDataString(fileName)}"))
        .GetProperty("jobId").GetString()!;

    public Task StopJobAsync(string jobId) => Application.Expect("DELETE", Path3dp("printingcommand") + $"&jobId={jobId}");

    public Task ChangeJobAsync(string jobId, object change) => ChangeAsync($"/api/v1/printers/{Printer}/jobs/{jobId}", change);

    public Task ClearBedAsync() => ChangeAsync($"/api/v1/printers/{Printer}", new { bedCleared = true });

    public string Path3dp(string attribute) => School.Path3dp(Application, attribute, Printer);

    /// <summary>Whether the printer's operating status is this one, by the last event.</summary>
    public bool Is(string status) => Events.Status.ValueKind == JsonValueKind.Object && Events.Status.GetProperty("operatingStatus").GetString() == status;

    /// <summary>Waits until the printer's operating status is this one; it may be what the last event said.</summary>
    public Task UntilAsync(string status) => UntilAsync(() => Is(status), $"the printer is {status}");

    /// <summary>Waits until a job is in a state; it may be what the last event said.</summary>
    public Task UntilAsync(string jobId, PrintJobState state) => UntilAsync(() => Events.StatesOf(jobId).LastOrDefault() == state, $"{jobId} {state}");

    public Task UntilAsync(Func<bool> wanted, string what) => wanted() ? Task.CompletedTask : Events.Until(wanted, what);

    public async ValueTask DisposeAsync()
    {
        Events.Dispose();
        Application.Dispose();
        _operator?.Dispose();
        if (_edge is not null)
            await _edge.DisposeAsync();
        await _content.DisposeAsync();
        await _host.DisposeAsync();
    }

    private async Task ChangeAsync(string path, object change)
    {
        using var answer = await _operator!.Http.PatchAsJsonAsync(path, change, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<bool> IsFreeAsync()
    {
        var answer = await Application.Call("GET", Path3dp("status"));
        return answer.TryGetProperty("3dp", out var printer)
            && printer.GetProperty("status").GetProperty("operatingStatus").GetString() is "idle" or "finished" or "stopped";
    }
}
