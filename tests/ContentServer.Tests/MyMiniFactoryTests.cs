using System.Net;
using System.Text;
using System.Web;
using Dwapi.ContentServers;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Printing;
using Dwapi.Grains.Settings;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.ContentServer.Tests;

/// <summary>The adapter of MyMiniFactory's shape against a scripted server.</summary>
public sealed class MyMiniFactoryTests : IDisposable
{
    private const string OfTask = "https://mmf.example/api/files?task_id=42";

    private readonly FakeClock _clock = new();
    private readonly Script _script = new();
    private readonly OAuthClient _client;
    private readonly MyMiniFactoryContentServers _adapter;
    private readonly ContentServerOptions _server = new()
    {
        Id = "mmf",
        Kind = "myminifactory",
        Url = "https://mmf.example/api/",
        ClientId = "dwapi",
        ClientSecret = "s3cret",
        ApiKey = "app-key",
        RefreshToken = "refresh-0",
    };

    public MyMiniFactoryTests()
    {
        _client = new OAuthClient(_clock, _script);
        _adapter = new MyMiniFactoryContentServers(_client, _clock);
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Login_IsKeptUntilItEnds_AndRenewedWithTheNewestRefreshToken()
    {
        await Login();
        await Login();
        _clock.Advance(TimeSpan.FromMinutes(59));
        await Login();

        Assert.Equal(["refresh_token refresh-0", "refresh_token refresh-1"], _script.Grants);
        Assert.All(_script.Logins, login => Assert.Equal("Basic " + Convert.ToBase64String("dwapi:s3cret"u8), login));
    }

    [Fact]
    public async Task Login_ByAuthorizationCode_UsesItOnceAndGoesOnWithItsRefreshToken()
    {
        _server.RefreshToken = "";
        _server.AuthorizationCode = "code-1";
        _server.RedirectUri = "https://dwapi.example/back";
        await Login();
        _clock.Advance(TimeSpan.FromHours(1));
        await Login();

        Assert.Equal(["authorization_code code-1 https://dwapi.example/back", "refresh_token refresh-1"], _script.Grants);
    }

    [Fact]
    public async Task Login_WithATokenAsItIs_AsksNobody_AndWithoutAnythingSaysWhatToSet()
    {
        _server.RefreshToken = "";
        _server.AccessToken = "given";
        await Login();
        Assert.Empty(_script.Grants);

        var other = new ContentServerOptions { Id = "other", Kind = "myminifactory", Url = _server.Url };
        var fault = await Assert.ThrowsAsync<ContentServerException>(() => _adapter.Login(other, "p", CancellationToken.None));
        Assert.True(fault.Refused);
        Assert.Contains("RefreshToken", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Issue_RegistersThePrinterOnce_AndPutsTaskTokenAndKeyIntoTheAddress()
    {
        var leave = await Issue(OfTask, "printer:1");
        await Issue(OfTask, "printer:1");
        await Issue(OfTask, "printer:2");

        Assert.Equal(("", true), (leave.Token, leave.TokenInUrl));
        var query = HttpUtility.ParseQueryString(leave.Uri.Query);
        Assert.Equal(("42", "printer-token-S7", "app-key"), (query["task_id"], query["printer_token"], query["key"]));
        Assert.Equal(
            ["app-key Prusa MK3 3.9 S7 Bearer access-1", "app-key Prusa MK3 3.9 S7 Bearer access-1"], _script.Registrations);
        Assert.DoesNotContain("printer-token", leave.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Issue_WithoutATask_IsRefusedBeforeAnythingIsAsked()
    {
        var fault = await Assert.ThrowsAsync<ContentServerException>(() => Issue("https://mmf.example/api/files", "printer:1"));

        Assert.True(fault.Refused);
        Assert.Contains("task_id", fault.Message, StringComparison.Ordinal);
        Assert.Empty(_script.Grants);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, true)]
    [InlineData(HttpStatusCode.OK, false)]
    public async Task Issue_WhoseRegistrationFails_SaysSoWithoutAToken_AndAsksAgainTheNextTime(HttpStatusCode status, bool refused)
    {
        _script.Registering = status;
        var fault = await Assert.ThrowsAsync<ContentServerException>(() => Issue(OfTask, "printer:1"));
        Assert.Equal(refused, fault.Refused);
        Assert.DoesNotContain("access-", fault.Message, StringComparison.Ordinal);
        _script.Registering = null;

        Assert.True((await Issue(OfTask, "printer:1")).TokenInUrl);
    }

    // The token of the account stays where it is: applications get none.
    private async Task Login() => Assert.Equal(new Grains.Ports.ContentToken("", null), await _adapter.Login(_server, "printer:1", CancellationToken.None));

    private Task<ContentDownload> Issue(string uri, string printer) => _adapter.Issue(
        _server,
        new ContentRequest(
            "job-1", printer, uri, "", "\"manufacturerName\":\"Prusa\",\"modelNumber\":\"MK3\",\"firmwareRevision\":\"3.9\",\"serialNumber\":\"S7\""u8.ToArray()),
        CancellationToken.None);

    /// <summary>The server: hands out numbered tokens for an hour, and printer tokens by serial.</summary>
    private sealed class Script : HttpMessageHandler
    {
        private int _tokens;

        public List<string> Grants { get; } = [];

        public List<string> Logins { get; } = [];

        public List<string> Registrations { get; } = [];

        /// <summary>How a registration ends; null for well, OK for an answer without token.</summary>
        public HttpStatusCode? Registering { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync(cancellationToken));
            switch (request.RequestUri!.AbsolutePath)
            {
                case "/api/oauth/token":
                    Logins.Add($"{request.Headers.Authorization}");
                    Grants.Add(string.Join(' ', form.AllKeys.Select(key => form[key])));
                    var number = ++_tokens;
                    return Json($"{{\"access_token\":\"access-{number}\",\"refresh_token\":\"refresh-{number}\",\"expires_in\":3600}}");
                case "/api/printers":
                    if (Registering is { } status)
                        return status == HttpStatusCode.OK ? Json("{}") : new HttpResponseMessage(status);
                    Registrations.Add($"{form["key"]} {form["manufacturer"]} {form["model"]} {form["firmware"]} {form["serial"]} {request.Headers.Authorization}");
                    return Json($"{{\"printer_token\":\"printer-token-{form["serial"]}\"}}");
                default:
                    return new HttpResponseMessage(HttpStatusCode.NotFound);
            }
        }

        private static HttpResponseMessage Json(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
    }
}
