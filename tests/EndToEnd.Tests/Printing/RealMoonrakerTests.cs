using System.Net.Http.Json;
using System.Text.Json;
using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.EndToEnd.Tests.Hosts;
using Dwapi.Gotapi.Printing;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>
/// A real Moonraker with a real Klipper, which are not part of this project: DWAPI_MOONRAKER is its address, DWAPI_MOONRAKER_KEY its API key. Its
/// printer must be ready and empty; it heats to 200 degrees, prints some lines, and is shut down and restarted.
/// </summary>
public sealed class RealMoonrakerTests
{
    private const string Missing = "Needs DWAPI_MOONRAKER=ADDRESS of a real Moonraker (http://127.0.0.1:7125), and DWAPI_MOONRAKER_KEY=KEY if it wants one.";

    private static string? Address => Environment.GetEnvironmentVariable("DWAPI_MOONRAKER");

    private static string? Key => Environment.GetEnvironmentVariable("DWAPI_MOONRAKER_KEY");

    public static bool HasMoonraker => Address is { Length: > 0 };

    [Fact(Skip = Missing, SkipUnless = nameof(HasMoonraker))]
    public async Task Job_IsPrintedOnce_ThoughTheEdgeIsKilledInMidPrint()
    {
        await using var workshop = await StartAsync();
        using var moonraker = Connect();

        var jobId = await workshop.OrderAsync();
        await workshop.Events.Until(jobId, PrintJobState.Printing);
        await workshop.Events.Until(() => workshop.Is("printing"), "the nozzle prints");
        await workshop.KillEdgeAsync();
        workshop.StartEdge();
        await workshop.Events.Until(jobId, PrintJobState.Unknown);
        await workshop.Events.Until(jobId, PrintJobState.Printing);
        await workshop.Events.Until(jobId, PrintJobState.Completed);

        Assert.Equal(["completed"], await PrintsOfAsync(moonraker, jobId));
        Assert.InRange(workshop.Events.Status.GetProperty("nozzleTemperature").GetDouble(), 150, 250);
    }

    [Fact(Skip = Missing, SkipUnless = nameof(HasMoonraker))]
    public async Task Job_PausesResumesAndStops_AsItIsTold()
    {
        await using var workshop = await StartAsync();
        using var moonraker = Connect();

        var jobId = await workshop.OrderAsync();
        await workshop.Events.Until(() => workshop.Is("printing"), "the nozzle prints");
        await workshop.ChangeJobAsync(jobId, new { paused = true });
        await workshop.Events.Until(jobId, PrintJobState.Paused);
        await workshop.ChangeJobAsync(jobId, new { paused = false });
        await workshop.Events.Until(jobId, PrintJobState.Printing);
        await workshop.StopJobAsync(jobId);
        await workshop.Events.Until(jobId, PrintJobState.Cancelled);

        Assert.Equal(["cancelled"], await PrintsOfAsync(moonraker, jobId));
    }

    [Fact(Skip = Missing, SkipUnless = nameof(HasMoonraker))]
    public async Task Job_FailsInKlippersWords_WhenThePrinterIsShutDown_AndARestartBringsItBack()
    {
        await using var workshop = await StartAsync();
        using var moonraker = Connect();

        var jobId = await workshop.OrderAsync();
        await workshop.Events.Until(() => workshop.Is("printing"), "the nozzle prints");
        await PostAsync(moonraker, "printer/emergency_stop");
        await workshop.Events.Until(jobId, PrintJobState.Failed);
        if (!workshop.Is("error"))
            await workshop.Events.Until(() => workshop.Is("error"), "the printer is shut down");
        var alert = workshop.Events.Status.GetProperty("alerts")[0];
        await PostAsync(moonraker, "printer/firmware_restart");
        await workshop.Events.Until(() => workshop.Is("idle"), "the printer is ready again");

        Assert.Equal("mcu-shutdown", alert.GetProperty("code").GetString());
        Assert.Equal(["klippy_shutdown"], await PrintsOfAsync(moonraker, jobId));
    }

    private static Task<Workshop> StartAsync() => Workshop.StartAsync(new { id = Workshop.PrinterId, kind = "Moonraker", address = Address, apiKey = Key });

    private static HttpClient Connect()
    {
        var client = new HttpClient { BaseAddress = new Uri(Address!.TrimEnd('/') + "/") };
        if (Key is not null)
            client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        return client;
    }

    private static async Task PostAsync(HttpClient moonraker, string path)
    {
        using var answer = await moonraker.PostAsync(path, null, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What became of each print of a job, by the printer's own history.</summary>
    private static async Task<IReadOnlyList<string>> PrintsOfAsync(HttpClient moonraker, string jobId)
    {
        var history = await moonraker.GetFromJsonAsync<JsonElement>("server/history/list?limit=50", TestContext.Current.CancellationToken);
        return [.. history.GetProperty("result").GetProperty("jobs").EnumerateArray()
            .Where(job => job.GetProperty("filename").GetString()!.Contains(jobId, StringComparison.Ordinal))
            .Select(job => job.GetProperty("status").GetString()!)];
    }

    /// <summary>Host, content server and edge as processes of their own, and one real printer that the test does not own.</summary>
    private sealed class Workshop : IAsyncDisposable
    {
        public const string PrinterId = "real";

        private const string Printer = "3dp-" + PrinterId;
        private const string Model = "lines";

        private readonly HostProcess _host = new();
        private readonly ContentProcess _content;
        private readonly ApplicationClient _application;
        private OperatorClient _operator = null!;
        private ChildProcess? _edge;
        private string _config = "";

        private Workshop()
        {
            _content = new ContentProcess(Models);
            _application = new ApplicationClient(_host.Url, "https://workshop.example");
            Events = new PrintEvents(_application, Printer);
        }

        public PrintEvents Events { get; }

        private string Models => Path.Combine(_host.DataDirectory, "models");

        /// <summary>Starts everything and waits until the printer is seen; its bed is taken for clear.</summary>
        public static async Task<Workshop> StartAsync(object printer)
        {
            var workshop = new Workshop();
            await ContentProcess.WriteModelAsync(workshop.Models, Model, 0);
            await workshop._content.StartAsync();
            await workshop._host.StartAsync(
                "--Printing:ContentServers:0:Id=models", "--Printing:ContentServers:0:Kind=oauth", $"--Printing:ContentServers:0:Url={workshop._content.Url}content/",
                $"--Printing:ContentServers:0:ClientId={ContentProcess.ClientId}", $"--Printing:ContentServers:0:ClientSecret={ContentProcess.ClientSecret}");
            workshop._operator = workshop._host.Operator();
            (workshop._config, _) = await EdgeSettings.WriteAsync(workshop._host, new { }, printer);
            workshop.StartEdge();
            var access = workshop._application.RequestAccess("serviceDiscovery,3dp");
            await workshop._operator.Decide(await workshop._operator.FirstPendingApproval(), approve: true);
            await access;
            await Eventually.True(workshop.IsAtRestAsync, "the printer is ready and empty");
            await workshop.Events.ConnectAsync();
            await workshop.ChangeAsync($"/api/v1/printers/{Printer}", new { bedCleared = true });
            return workshop;
        }

        public void StartEdge() => _edge = new ChildProcess(ChildProcess.Program("Edge", "dwapi-edge.dll"), "run", "--config", _config);

        public async Task KillEdgeAsync()
        {
            await _edge!.KillAsync();
            await _edge.DisposeAsync();
        }

        /// <summary>Orders the model; the id of the job.</summary>
        public async Task<string> OrderAsync() =>
            (await _application.Expect("PUT", Path3dp("printingcommand") + $"&uri={Uri.EscapeDataString($"{_content.Url}content/models/{Model}/file")}")).GetProperty("jobId").GetString()!;

        public Task StopJobAsync(string jobId) => _application.Expect("DELETE", Path3dp("printingcommand") + $"&jobId={jobId}");

        public Task ChangeJobAsync(string jobId, object change) => ChangeAsync($"/api/v1/printers/{Printer}/jobs/{jobId}", change);

        /// <summary>Whether the printer's operating status is this one, by the last event.</summary>
        public bool Is(string status) =>
            Events.Status.ValueKind == JsonValueKind.Object && Events.Status.GetProperty("operatingStatus").GetString() == status;

        public async ValueTask DisposeAsync()
        {
            Events.Dispose();
            _application.Dispose();
            _operator?.Dispose();
            if (_edge is not null)
                await _edge.DisposeAsync();
            await _content.DisposeAsync();
            await _host.DisposeAsync();
        }

        private string Path3dp(string attribute) => School.Path3dp(_application, attribute, Printer);

        private async Task ChangeAsync(string path, object change)
        {
            using var answer = await _operator.Http.PatchAsJsonAsync(path, change, TestContext.Current.CancellationToken);
            answer.EnsureSuccessStatusCode();
        }

        private async Task<bool> IsAtRestAsync()
        {
            var answer = await _application.Call("GET", Path3dp("status"));
            return answer.TryGetProperty("3dp", out var printer)
                && printer.GetProperty("status").GetProperty("operatingStatus").GetString() is "idle" or "finished" or "stopped";
        }
    }
}
