using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.EndToEnd.Tests.Hosts;
using Dwapi.Gotapi.Errors;
using static Dwapi.Gotapi.Printing.PrintJobState;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>Orders that are wrong or malicious, at a whole school: each gets a typed error, nothing starts, and who waits is not disturbed.</summary>
public sealed class HostileOrderTests : IDisposable
{
    private const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";

    private readonly TemporaryPlace _place = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = 300_000)]
    public async Task WrongOrders_AreTypedErrors_NothingStarts_AndTheGoodOneIsPrinted()
    {
        var models = _place["models"];
        await ContentProcess.WriteModelAsync(models, "plate", 64 * 1024);
        await using var school = await School.StartAsync(models);
        var plate = await school.FindModelAsync("plate");
        var waiting = await school.OrderAsync(plate, "&hold=true&fileName=" + Uri.EscapeDataString("W\u00fcrfel <b>$(reboot)`.gcode"));
        await school.Events.Until(waiting, Queued);

        await AreRefused(school, GotapiErrors.InvalidRequestParameter.Code, WrongParameters(plate));
        await AreRefused(school, GotapiErrors.InvalidRequestParameter.Code, "DELETE", "&jobId=job-of-nobody", "&jobId=..%2F..%2Fetc%2Fpasswd", "&jobId=" + new string('x', 300), "&order=7", "&order=-1");
        await AreRefused(school, GotapiErrors.IllegalDeviceState.Code, "DELETE", "");
        await IsRefusedToAnotherApplication(school, waiting);
        await Fails(school, await school.OrderAsync(plate, "&sha256=" + new string('0', 64)), "digest-mismatch");
        await Fails(school, await school.OrderAsync(plate, "&secureToken=made-up"), "token-rejected");
        await Fails(school, await school.OrderAsync(plate, "&secureToken=" + await TokenOfAnotherPrinter(school, plate)), "token-rejected");
        await Fails(school, await school.OrderAsync(new Uri(new Uri(plate), "../nothing/file").AbsoluteUri), "token-rejected");

        Assert.Empty(await school.PrintsAsync());
        await school.ChangeJobAsync(waiting, new { held = false });
        await school.Events.Until(waiting, Gotapi.Printing.PrintJobState.Printing);
        await school.ControlAsync("advance?seconds=3000");
        await school.Events.Until(waiting, Completed);
        var (file, status) = Assert.Single(await school.PrintsAsync());
        Assert.Equal(($"dwapi-{waiting}-Wrfelbreboot.gcode", "completed"), (file, status));
    }

    public void Dispose() => _place.Dispose();

    private static string[] WrongParameters(string plate)
    {
        var uri = $"&uri={Uri.EscapeDataString(plate)}";
        return
        [
            "PUT",
            "",
            "&uri=plate.gcode",
            "&uri=" + Uri.EscapeDataString("https://elsewhere.example/plate.gcode"),
            "&uri=" + Uri.EscapeDataString("http://169.254.169.254/latest/meta-data"),
            "&uri=" + Uri.EscapeDataString("file:///etc/passwd"),
            "&uri=" + Uri.EscapeDataString(plate + "?token=secret"),
            "&uri=" + Uri.EscapeDataString(plate.Replace("://", "://user:secret@", StringComparison.Ordinal)),
            "&uri=" + Uri.EscapeDataString(plate + "?" + new string('x', 3000)),
            uri + "&fileName=" + Uri.EscapeDataString("../../../etc/cron.d/evil"),
            uri + "&fileName=" + Uri.EscapeDataString("..\\..\\evil.gcode"),
            uri + "&fileName=" + Uri.EscapeDataString(".hidden.gcode"),
            uri + "&fileName=" + Uri.EscapeDataString("a\u0000b.gcode"),
            uri + "&fileName=" + Uri.EscapeDataString("a\nM112\n.gcode"),
            uri + "&fileName=" + new string('x', 256),
            uri + "&sha256=1234",
            uri + "&sha256=" + new string('g', 64),
            uri + "&profile=" + Uri.EscapeDataString("../fast"),
            uri + "&priority=10",
            uri + "&contentServerId=none",
            uri + "&idempotencyKey=" + new string('k', 256),
        ];
    }

    /// <summary>The first one is the method, the others are what is behind the address.</summary>
    private static async Task AreRefused(School school, int code, params string[] requests)
    {
        foreach (var parameters in requests[1..])
        {
            var answer = await school.Application.Call(requests[0], school.Path3dp("printingcommand") + parameters);
            Assert.True(answer.GetProperty("errorCode").GetInt32() == code, $"{requests[0]} {parameters}: {answer}");
            Assert.NotEmpty(answer.GetProperty("errorMessage").GetString()!);
        }
    }

    private static async Task IsRefusedToAnotherApplication(School school, string jobId)
    {
        using var stranger = new ApplicationClient(school.Application.Http.BaseAddress!, "https://stranger.example");
        var access = stranger.RequestAccess("3dp");
        await school.Operator.Decide(await school.Operator.FirstPendingApproval(), approve: true);
        await access;

        var answer = await stranger.Call("DELETE", School.Path3dp(stranger, "printingcommand") + $"&jobId={jobId}");

        Assert.Equal(GotapiErrors.Authorization.Code, answer.GetProperty("errorCode").GetInt32());
        Assert.Contains(await school.QueueAsync(), entry => entry == (jobId, Queued));
    }

    private static async Task Fails(School school, string jobId, string code)
    {
        await school.Events.Until(jobId, Failed);
        var queue = (await school.Application.Expect("GET", school.Path3dp("printingcommand"))).GetProperty("printqueue");
        var entry = queue.EnumerateArray().Single(entry => entry.GetProperty("jobId").GetString() == jobId);
        Assert.Equal(code, entry.GetProperty("error").GetProperty("code").GetString());
    }

    /// <summary>A token that the content server made for a download of the same model by another printer; it refuses it to this one.</summary>
    private static async Task<string> TokenOfAnotherPrinter(School school, string model)
    {
        using var http = new HttpClient { BaseAddress = new Uri(school.ContentLine.Address, "content/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{ContentProcess.ClientId}:{ContentProcess.ClientSecret}")));
        var login = await Ask(http, new() { ["grant_type"] = "client_credentials" });
        var token = await Ask(http, new() { ["grant_type"] = Exchange, ["subject_token"] = login, ["actor_token"] = "3dp-other", ["resource"] = model });

        using var request = new HttpRequestMessage(HttpMethod.Get, model);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("X-Dwapi-Printer", School.Printer);
        using var refused = await http.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        return token;
    }

    private static async Task<string> Ask(HttpClient http, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var answer = await http.PostAsync("oauth/token", content, Stop);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("access_token").GetString()!;
    }
}
