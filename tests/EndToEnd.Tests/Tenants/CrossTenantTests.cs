using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dwapi.EndToEnd.Tests.Hosts;

namespace Dwapi.EndToEnd.Tests.Tenants;

/// <summary>Whatever belongs to one tenant is worth nothing at another, at every door.</summary>
public sealed class CrossTenantTests(TwoTenants tenants) : IClassFixture<TwoTenants>
{
    private static readonly string Thermometer = $"/gotapi/health/thermometer?serviceId={TwoTenants.ServiceId}";

    [Theory]
    [InlineData("GET", "/gotapi/serviceDiscovery?x=1")]
    [InlineData("GET", "/gotapi/health/thermometer?serviceId=thermo-1")]
    [InlineData("PUT", "/gotapi/health/thermometer?serviceId=thermo-1")]
    [InlineData("DELETE", "/gotapi/health/thermometer?serviceId=thermo-1")]
    [InlineData("GET", "/gotapi/serviceInformation?serviceId=thermo-1")]
    [InlineData("GET", "/gotapi/system?x=1")]
    [InlineData("GET", "/gotapi/light?serviceId=thermo-1")]
    public async Task Token_OfAnotherTenant_IsUnknown(string method, string path)
    {
        using var north = await tenants.Application(TwoTenants.North);
        using var south = await tenants.Application(TwoTenants.South, access: false);

        // The node knows the token at its own tenant before it is tried at another.
        await north.Expect("GET", $"/gotapi/serviceDiscovery?accessToken={north.Token}");

        Assert.Equal(15, Error(await south.Call(method, $"{path}&accessToken={north.Token}")));
        Assert.Equal(15, Error(await south.Call(method, $"/t/south{path}&accessToken={north.Token}")));
    }

    [Fact]
    public async Task Path_AndHostName_LeadToTheSameTenant()
    {
        using var north = await tenants.Application(TwoTenants.North);
        using var byPath = new ApplicationClient(tenants.Url, TwoTenants.Origin);

        var answer = await byPath.Expect("GET", $"/t/north{Thermometer}&accessToken={north.Token}");

        Assert.Equal(36.6, answer.GetProperty("thermometer").GetProperty("temperature").GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task ServiceId_OfAnotherTenant_HasNoResultHere()
    {
        using var south = await tenants.Application(TwoTenants.South);

        // south's own thermometer of the same id has measured nothing yet, or something else.
        var answer = await south.Health("GET", "thermometer", TwoTenants.ServiceId);
        Assert.DoesNotContain("36.6", answer.ToString(), StringComparison.Ordinal);

        using var other = new ApplicationClient(tenants.Url, TwoTenants.Origin);
        Assert.Equal(15, Error(await other.Call("GET", $"{Thermometer}&accessToken={south.Token}")));
    }

    [Fact]
    public async Task Client_OfAnotherTenant_GetsNoToken()
    {
        using var north = await tenants.Application(TwoTenants.North);
        using var south = await tenants.Application(TwoTenants.South, access: false);

        var answer = await south.Call("GET", $"/gotapi/authorization/accessToken?clientId={north.ClientId}&scope=health&applicationName=x");

        Assert.Equal(11, Error(answer));
    }

    [Fact]
    public async Task Policy_OfAnotherTenant_ApprovesNothing_AndItsApprovalIsUnknown()
    {
        using var north = await tenants.Application(TwoTenants.North, TwoTenants.NorthOnly);
        using var south = await tenants.Application(TwoTenants.South, TwoTenants.NorthOnly, access: false);
        using var northManagement = tenants.Management(TwoTenants.North);
        using var southManagement = tenants.Management(TwoTenants.South);
        var waiting = south.RequestAccess("health");
        var approval = await Pending(southManagement);

        Assert.DoesNotContain(approval, await northManagement.GetStringAsync("api/v1/approvals"), StringComparison.Ordinal);
        using var elsewhere = await northManagement.PostAsJsonAsync($"api/v1/approvals/{approval}", new { approve = true });
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        Assert.False(waiting.IsCompleted);
        using var here = await southManagement.PostAsJsonAsync($"api/v1/approvals/{approval}", new { approve = true });
        here.EnsureSuccessStatusCode();
        Assert.NotEqual("", await waiting);
    }

    [Fact]
    public async Task Cursor_OfAnotherTenant_ShowsNothingOfIt()
    {
        using var north = await tenants.Application(TwoTenants.North);
        using var south = await tenants.Application(TwoTenants.South);
        var cursor = (await north.Health("PUT", "thermometer", TwoTenants.ServiceId)).GetProperty("cursor").GetString()!;
        var (socket, _) = await EventSocket.Open(south);
        using (socket)
        {
            await south.Health("PUT", "thermometer", TwoTenants.ServiceId, $"&since={cursor.Split('-')[0]}");
            await south.Health("PUT", "thermometer", TwoTenants.ServiceId, $"&since={cursor}");
            await tenants.NorthPlugIn.Measure(38.8m);
            await tenants.SouthPlugIn.Measure(35.5m);

            // Whatever comes first was measured in south: 38.8 in north came before it and is not told.
            var frame = await socket.Next();
            Assert.Equal(35.5, frame.GetProperty("thermometer").GetProperty("temperature").GetProperty("value").GetDouble());
        }

        await tenants.NorthPlugIn.Measure(36.6m);
    }

    [Fact]
    public async Task Socket_WithATokenOfAnotherTenant_IsRefused()
    {
        using var north = await tenants.Application(TwoTenants.North);
        var (socket, answer) = await EventSocket.Open(north, host: "south.example");
        using (socket)
        {
            Assert.Equal(3, Error(answer));
        }

        var (own, welcomed) = await EventSocket.Open(north, host: "north.example");
        using (own)
        {
            Assert.Equal(0, welcomed.GetProperty("result").GetInt32());
        }
    }

    [Fact]
    public async Task EdgeKey_AtTheAddressOfAnotherTenant_OrOfNoTenant_IsWrong()
    {
        var secret = tenants.NorthKey.Split('.')[2];
        Assert.Equal(15, await Refused(tenants.AddressOf(TwoTenants.South), tenants.NorthKey));
        Assert.Equal(15, await Refused(tenants.Url, tenants.NorthKey, "south.example"));
        Assert.Equal(15, await Refused(tenants.Url, $"south.{TwoTenants.EdgeId}.{secret}"));
        Assert.Equal(15, await Refused(tenants.Url, $"west.{TwoTenants.EdgeId}.{secret}"));

        async Task<int> Refused(Uri url, string key, string? host = null)
        {
            var (plugIn, answer) = await TenantPlugIn.Hello(url, key, TwoTenants.EdgeId, host: host);
            await plugIn.DisposeAsync();
            return Error(answer);
        }
    }

    [Theory]
    [InlineData("admin.north.token", TwoTenants.North, HttpStatusCode.OK)]
    [InlineData("admin.north.token", TwoTenants.South, HttpStatusCode.Unauthorized)]
    [InlineData("admin.north.token", "", HttpStatusCode.Unauthorized)]
    [InlineData("admin.token", TwoTenants.North, HttpStatusCode.OK)]
    [InlineData("admin.token", TwoTenants.South, HttpStatusCode.OK)]
    [InlineData("admin.token", "", HttpStatusCode.OK)]
    public async Task AdminToken_OpensItsTenantOnly_TheOperatorsOpensAll(string file, string tenant, HttpStatusCode expected)
    {
        using var management = tenants.Management(tenant, file);
        foreach (var path in new[] { "api/v1/server", "api/v1/edges", "fhir/Device" })
        {
            using var answer = await management.GetAsync(path);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Cookie_OfAnotherTenant_OpensNothing()
    {
        using var north = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = tenants.AddressOf(TwoTenants.North) };
        north.DefaultRequestHeaders.Add("Origin", tenants.Url.GetLeftPart(UriPartial.Authority));
        using var login = await north.PostAsJsonAsync("api/v1/login", new { token = tenants.Token("admin.token") });
        login.EnsureSuccessStatusCode();
        var cookie = login.Headers.GetValues("Set-Cookie").Single();

        Assert.Contains("path=/t/north/", cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await Get("t/north/api/v1/server"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get("t/south/api/v1/server"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get("api/v1/server"));

        async Task<HttpStatusCode> Get(string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(tenants.Url, path));
            request.Headers.Add("Cookie", cookie.Split(';')[0]);
            using var answer = await north.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Management_AndFhir_ShowTheirTenantOnly()
    {
        using var north = tenants.Management(TwoTenants.North, "admin.north.token");
        using var none = tenants.Management("");
        Assert.Equal(TwoTenants.North, (await north.GetFromJsonAsync<JsonElement>("api/v1/server")).GetProperty("tenant").GetString());
        var devices = await north.GetFromJsonAsync<JsonElement>("api/v1/devices");
        Assert.Contains(TwoTenants.ServiceId, devices.ToString(), StringComparison.Ordinal);
        var observations = await north.GetStringAsync($"fhir/Observation?device=Device/{TwoTenants.ServiceId}&code=8310-5");
        Assert.DoesNotContain(TwoTenants.ServiceId, (await none.GetFromJsonAsync<JsonElement>("api/v1/devices")).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(TwoTenants.ServiceId, await none.GetStringAsync("fhir/Device"), StringComparison.Ordinal);
        Assert.Contains("/t/north/fhir/", observations + await north.GetStringAsync("fhir/Device"), StringComparison.Ordinal);
        Assert.DoesNotContain("35.5", observations, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HmacKey_OfAnotherTenant_SignsNothingHere()
    {
        const string Signed = "https://signed.example";
        using var north = tenants.Management(TwoTenants.North, "admin.north.token");
        using var set = await north.PostAsJsonAsync("api/v1/hmac-keys", new { origin = Signed, key = "00112233445566778899aabbccddeeff" });
        set.EnsureSuccessStatusCode();
        using var here = await tenants.Application(TwoTenants.North, Signed, access: false);
        using var elsewhere = await tenants.Application(TwoTenants.South, Signed, access: false);

        Assert.Equal(64, (await here.Expect("GET", "/gotapi/availability?nonce=0011")).GetProperty("hmac").GetString()!.Length);
        Assert.False((await elsewhere.Expect("GET", "/gotapi/availability?nonce=0011")).TryGetProperty("hmac", out _));
    }

    [Fact]
    public async Task OfferedKey_OfAnotherTenant_IsNotBoundToAGrantHere()
    {
        const string Offering = "https://offering.example";
        using var north = await tenants.Application(TwoTenants.North, Offering, access: false);
        using var south = await tenants.Application(TwoTenants.South, Offering, access: false);
        await north.Expect("GET", "/gotapi/availability?key=00112233445566778899aabbccddeeff");

        Assert.False((await south.Expect("GET", "/gotapi/authorization/grant?nonce=0011")).TryGetProperty("hmac", out _));
        Assert.True((await north.Expect("GET", "/gotapi/authorization/grant?nonce=0011")).TryGetProperty("hmac", out _));
    }

    [Theory]
    [InlineData("/t/west/gotapi/availability", null)]
    [InlineData("/t//gotapi/availability", null)]
    [InlineData("/t/NORTH/gotapi/availability", null)]
    [InlineData("/t/west/api/v1/server", null)]
    [InlineData("/t/north/gotapi/availability", "south.example")]
    public async Task Address_OfNoTenant_IsRefusedWithWhatToDo(string path, string? host)
    {
        using var application = new ApplicationClient(tenants.Url, TwoTenants.Origin);
        application.Http.DefaultRequestHeaders.Host = host;
        using var answer = await application.Http.GetAsync(path);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(19, Error(body));
        Assert.Contains(host is null ? "Tenancy:Tenants" : "another tenant", body.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_CarryTheTenant()
    {
        using var north = await tenants.Application(TwoTenants.North);
        var page = await north.Http.GetStringAsync("/metrics");

        Assert.Contains("tenant=\"north\"", page, StringComparison.Ordinal);
    }

    private static int Error(JsonElement answer) => answer.GetProperty("errorCode").GetInt32();

    private static async Task<string> Pending(HttpClient management)
    {
        while (true)
        {
            var pending = await management.GetFromJsonAsync<JsonElement>("api/v1/approvals", TestContext.Current.CancellationToken);
            if (pending.GetArrayLength() > 0)
            {
                return pending[0].GetProperty("id").GetString()!;
            }
        }
    }
}
