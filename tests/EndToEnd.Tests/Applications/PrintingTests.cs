using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.EndToEnd.Tests.Hosts;
using Dwapi.Silo.Commands;

namespace Dwapi.EndToEnd.Tests.Applications;

/// <summary>
/// A school's printer, as it is installed: host with its content server, edge and virtual printer are processes of their own. The clock of the
/// printer stands until the test moves it.
/// </summary>
public sealed class PrintingTests
{
    private const string Printer = "3dp-school";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Model_OfTheContentServer_IsPrintedOnce_ThoughTheEdgeIsKilledInMidPrint()
    {
        await using var host = new HostProcess();
        await host.StartAsync("--Printing:OwnContentServer=true");
        var port = FreePort.Next();
        using var control = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        await using var printer = Edge("virtual-printer", "--port", $"{port}", "--data", Path.Combine(host.DataDirectory, "printer"), "--time-scale", "0");
        await printer.LineWith("prints at");
        var (config, _) = await EdgeSettings.WriteAsync(host, new { }, new { id = "school", address = control.BaseAddress, network = "Ethernet" });
        var edge = Edge("run", "--config", config);
        await using var first = edge;
        using var @operator = host.Operator();
        using var application = new ApplicationClient(host.Url, "https://school.example");
        var access = application.RequestAccess("serviceDiscovery,3dp");
        await @operator.Decide(await @operator.FirstPendingApproval(), approve: true);
        await access;

        await Eventually.True(async () => await IsOnline(application), "the printer is discovered");
        var frame = await FindModel(application);
        await Eventually.True(async () => await Status(application) == "idle", "its status is known");
        await application.Expect("PUT", Path3dp(application, "information"));
        var (socket, _) = await EventSocket.Open(application);
        using var events = socket;

        var jobId = await Order(application, frame);
        var states = await Until(events, jobId, "printing");
        await control.PostAsync("virtual/advance?seconds=60", null, Stop);

        await edge.KillAsync();
        await using var second = Edge("run", "--config", config);
        states.AddRange(await Until(events, jobId, "unknown"));
        states.AddRange(await Until(events, jobId, "printing"));
        await control.PostAsync("virtual/advance?seconds=3000", null, Stop);
        states.AddRange(await Until(events, jobId, "completed"));

        Assert.Equal(
            ["queued", "authorizing", "fetching", "verifying", "uploading", "starting", "printing", "unknown", "printing", "completed"],
            states.Where((state, i) => i == 0 || states[i - 1] != state));
        var history = await control.GetFromJsonAsync<JsonElement>("server/history/list", Stop);
        Assert.Equal("completed", Assert.Single(history.GetProperty("result").GetProperty("jobs").EnumerateArray()).GetProperty("status").GetString());
        Assert.Equal(1, await Starts(control));

        // The part still lies there: the next job waits until a person took it off.
        var next = await Order(application, frame);
        await Eventually.True(async () => await Status(application) == "finished", "the printer says that it has finished");
        Assert.False(await BedCleared(@operator));
        using var cleared = await @operator.Http.PatchAsJsonAsync($"/api/v1/printers/{Printer}", new { bedCleared = true }, Stop);
        cleared.EnsureSuccessStatusCode();
        await Until(events, next, "printing");
        Assert.Equal(2, await Starts(control));

        // An operator ends it by force: the host is done with it at once, and the edge stops it as soon as it hears of it.
        Assert.Equal(0, await SiloCommands.Run(["printer", "stop", Printer, next, "--force", "--url", $"{host.Url}", "--data", host.DataDirectory]));
        await Until(events, next, "failed");
        Assert.False(await BedCleared(@operator));
        await Eventually.True(
            async () =>
            {
                await control.PostAsync("virtual/advance?seconds=5", null, Stop);
                return await Status(application) == "stopped";
            },
            "the printer has stopped");
    }

    private static ChildProcess Edge(params string[] arguments) => new(ChildProcess.Program("Edge", "dwapi-edge.dll"), arguments);

    private static string Path3dp(ApplicationClient application, string attribute) =>
        $"/gotapi/3dp/{attribute}?serviceId={Printer}&accessToken={application.Token}";

    private static async Task<bool> IsOnline(ApplicationClient application)
    {
        var services = (await application.Expect("GET", $"/gotapi/serviceDiscovery?accessToken={application.Token}")).GetProperty("services");
        return services.EnumerateArray().Any(service => service.GetProperty("id").GetString() == Printer && service.GetProperty("online").GetBoolean());
    }

    /// <summary>Asks the content server for its models as an application does; the address of the one that is G-code.</summary>
    private static async Task<string> FindModel(ApplicationClient application)
    {
        var servers = (await application.Expect("GET", Path3dp(application, "contentserver"))).GetProperty("contentserver");
        var server = Assert.Single(servers.EnumerateArray());
        using var http = new HttpClient { BaseAddress = new Uri(server.GetProperty("url").GetString()!) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.GetProperty("secureToken").GetString());
        var models = await http.GetFromJsonAsync<JsonElement>("models", Stop);
        var file = models.EnumerateArray().Single(model => model.GetProperty("id").GetString() == "frame").GetProperty("file").GetString();
        return new Uri(http.BaseAddress, file).AbsoluteUri;
    }

    /// <summary>Reads events until a job has a state; the states on the way.</summary>
    private static async Task<List<string>> Until(EventSocket events, string jobId, string wanted)
    {
        var states = new List<string>();
        while (states.LastOrDefault() != wanted)
        {
            var queue = (await events.Next()).GetProperty("3dp").GetProperty("printQueue");
            states.AddRange(queue.EnumerateArray()
                .Where(entry => entry.TryGetProperty("jobId", out var id) && id.GetString() == jobId)
                .Select(entry => entry.GetProperty("state").GetString()!));
        }

        return states;
    }

    private static async Task<string> Order(ApplicationClient application, string model)
    {
        var parameters = $"&uri={Uri.EscapeDataString(model)}&fileName=frame.gcode";
        return (await application.Expect("PUT", Path3dp(application, "printingcommand") + parameters)).GetProperty("jobId").GetString()!;
    }

    private static async Task<string?> Status(ApplicationClient application)
    {
        var answer = await application.Call("GET", Path3dp(application, "status"));
        return answer.TryGetProperty("3dp", out var printer) ? printer.GetProperty("status").GetProperty("operatingStatus").GetString() : null;
    }

    private static async Task<int> Starts(HttpClient printer) =>
        (await printer.GetFromJsonAsync<JsonElement>("virtual", Stop)).GetProperty("starts").GetInt32();

    private static async Task<bool> BedCleared(OperatorClient @operator)
    {
        var printers = await @operator.Http.GetFromJsonAsync<JsonElement>("/api/v1/printers", Stop);
        return Assert.Single(printers.EnumerateArray()).GetProperty("bedCleared").GetBoolean();
    }
}
