using System.Net;
using System.Text.Json;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains;
using Dwapi.Grains.Printing;
using Dwapi.WebApi.Tests.PluginLink;

namespace Dwapi.WebApi.Tests.Management;

/// <summary>Printers and queues as the operator arranges them.</summary>
public sealed class PrinterTests : IAsyncLifetime
{
    private const string Printer = "/api/v1/printers/printer:mg";

    private readonly LinkHost _host = new()
    {
        Settings = { ["Printing:ContentServers:0:Id"] = "models", ["Printing:ContentServers:0:Url"] = "https://models.example/" },
    };

    private LinkClient _link = null!;

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        _link = await LinkClient.HelloAsync(_host.Address, "printers", await _host.EnrolAsync("printers"));
        await _link.ReceiveAsync<WelcomeFrame>();
        await _link.SendAsync(new ServicesFrame
        {
            Services =
            [
                new ServiceAnnouncement
                {
                    ServiceId = "printer:mg",
                    Name = "Printer",
                    Scopes = PrintingProfile.Scopes,
                    Profiles = [new ServiceProfile(PrintingProfile.Name, PrintingProfile.Attributes)],
                },
            ],
        });
        await _host.UntilAsync(async () => (await _host.GetAsync("/api/v1/printers")).GetArrayLength() == 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Printers_AreListedWithQueueAndBed()
    {
        await Order("job-1");

        var printer = (await _host.GetAsync("/api/v1/printers"))[0];

        Assert.Equal(("printer:mg", "Printer", true, ""), (
            printer.GetProperty("serviceId").GetString(), printer.GetProperty("name").GetString(), printer.GetProperty("bedCleared").GetBoolean(), printer.GetProperty("jobId").GetString()));
        Assert.Equal("job-1", printer.GetProperty("queue")[0].GetProperty("jobId").GetString());
    }

    [Fact]
    public async Task Queue_IsArrangedAndJobsAreStopped()
    {
        await Order("job-1");
        await Order("job-2");

        Assert.Equal(HttpStatusCode.NoContent, await Send(HttpMethod.Patch, "/jobs/job-2", new { order = 1 }));
        Assert.Equal(["job-2", "job-1"], await Ids());
        Assert.Equal(HttpStatusCode.NoContent, await Send(HttpMethod.Patch, "/jobs/job-1", new { priority = 5, held = true }));
        Assert.Equal(["job-1", "job-2"], await Ids());
        Assert.True((await Queue())[0].GetProperty("held").GetBoolean());
        Assert.Equal(HttpStatusCode.NoContent, await Send(HttpMethod.Delete, "/jobs/job-1"));
        Assert.Equal(HttpStatusCode.Conflict, await Send(HttpMethod.Delete, "/jobs/job-1"));
        Assert.Equal("cancelled", (await Queue())[1].GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.NoContent, await Send(HttpMethod.Patch, "", new { bedCleared = true, clearsItself = true }));
        Assert.True((await _host.GetAsync("/api/v1/printers"))[0].GetProperty("clearsItself").GetBoolean());
    }

    [Fact]
    public async Task Stop_ByForce_SaysWhatToDo()
    {
        await Order("job-1");

        using var answer = await _host.SendAsync(HttpMethod.Delete, Printer + "/jobs/job-1?force=true", new { });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("has ended", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("cancelled", (await Queue())[0].GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.Conflict, await Send(HttpMethod.Delete, "/jobs/job-1?force=true"));
        Assert.Equal(HttpStatusCode.BadRequest, await Send(HttpMethod.Delete, "/jobs/job-1?force=perhaps"));
    }

    [Theory]
    [InlineData("/jobs/job-x", "{\"held\":true}", HttpStatusCode.Conflict)]
    [InlineData("/jobs/job-x", "{\"paused\":true}", HttpStatusCode.Conflict)]
    [InlineData("/jobs/job-x", "{\"priority\":10}", HttpStatusCode.BadRequest)]
    [InlineData("/jobs/job-x", "{\"order\":0}", HttpStatusCode.BadRequest)]
    [InlineData("x", "{\"bedCleared\":true}", HttpStatusCode.NotFound)]
    public async Task Change_OfWhatIsNotThere_SaysSo(string path, string body, HttpStatusCode status) =>
        Assert.Equal(status, await Send(HttpMethod.Patch, path, JsonSerializer.Deserialize<JsonElement>(body)));

    private async Task Order(string jobId)
    {
        var job = _host.Grains.GetGrain<IPrintJobGrain>(TenantKey.Of(LinkHost.Tenant, jobId));
        Assert.Equal(0, (await job.Order(new PrintRequest("printer:mg", "https://a.example", "https://models.example/a.stl", "", "", "", "", default, Hold: false, 0))).ErrorCode);
    }

    private async Task<HttpStatusCode> Send(HttpMethod method, string path, object? body = null)
    {
        using var answer = await _host.SendAsync(method, Printer + path, body ?? (method == HttpMethod.Delete ? new { } : null));
        return answer.StatusCode;
    }

    private async Task<JsonElement> Queue() => (await _host.GetAsync("/api/v1/printers"))[0].GetProperty("queue");

    private async Task<string[]> Ids() => [.. (await Queue()).EnumerateArray().Select(entry => entry.GetProperty("jobId").GetString()!)];
}
