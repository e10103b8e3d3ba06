using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dwapi.Gotapi.Frames;
using Dwapi.WebApi.Tests.PluginLink;

namespace Dwapi.WebApi.Tests.Management;

/// <summary>Edges and devices as the operator sees them.</summary>
public sealed class EdgeAndDeviceTests(LinkHost host) : IClassFixture<LinkHost>
{
    [Fact]
    public async Task AddEdge_ByName_GivesAKeyThatOpensTheLink_Decision29()
    {
        using var answer = await host.SendAsync(HttpMethod.Post, "/api/v1/edges", new { name = "Ward 3, room 5" });
        var added = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var edgeId = added.GetProperty("edgeId").GetString()!;

        await using var client = await LinkClient.HelloAsync(host.Address, edgeId, added.GetProperty("key").GetString()!);
        await client.ReceiveAsync<WelcomeFrame>();

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("ward-3-room-5", edgeId);
        var edge = await host.GetAsync($"/api/v1/edges/{edgeId}");
        Assert.True(edge.GetProperty("connected").GetBoolean());
        Assert.Equal("test plug-in", edge.GetProperty("product").GetString());
        Assert.False(edge.TryGetProperty("key", out _));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("???", null)]
    [InlineData("Ward", "a/b")]
    [InlineData("Ward", "a.b")]
    public async Task AddEdge_WithoutUsableNameOrId_Is400(string name, string? edgeId)
    {
        using var answer = await host.SendAsync(HttpMethod.Post, "/api/v1/edges", new { name, edgeId });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task AddEdge_WhoseNameMakesTheIdOfAnother_Is409AndTheOthersKeyStays()
    {
        using var first = await host.SendAsync(HttpMethod.Post, "/api/v1/edges", new { name = "Same Name" });
        using var second = await host.SendAsync(HttpMethod.Post, "/api/v1/edges", new { name = "same-name" });
        using var rekeyed = await host.SendAsync(HttpMethod.Post, "/api/v1/edges", new { name = "same-name", edgeId = "same-name" });

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(HttpStatusCode.Created, rekeyed.StatusCode);
    }

    [Fact]
    public async Task RemoveEdge_WithALink_ClosesItAndVoidsTheKey_Decision29()
    {
        var key = await host.EnrolAsync("mg-remove");
        await using var client = await LinkClient.HelloAsync(host.Address, "mg-remove", key);
        await client.ReceiveAsync<WelcomeFrame>();

        using var answer = await host.SendAsync(HttpMethod.Delete, "/api/v1/edges/mg-remove");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(15, (await client.ReceiveAsync<ErrorFrame>()).ErrorCode);
        await using var again = await LinkClient.HelloAsync(host.Address, "mg-remove", key);
        Assert.Equal(15, (await again.ReceiveAsync<ErrorFrame>()).ErrorCode);
    }

    [Fact]
    public async Task SwitchEdge_OffAndOn_ShowsInTheList()
    {
        await host.EnrolAsync("mg-switch");

        using var off = await host.SendAsync(HttpMethod.Patch, "/api/v1/edges/mg-switch", new { enabled = false });
        var whileOff = (await host.GetAsync("/api/v1/edges/mg-switch")).GetProperty("enabled").GetBoolean();
        using var on = await host.SendAsync(HttpMethod.Patch, "/api/v1/edges/mg-switch", new { enabled = true });
        using var none = await host.SendAsync(HttpMethod.Patch, "/api/v1/edges/mg-none", new { enabled = true });

        Assert.False(whileOff);
        Assert.True((await host.GetAsync("/api/v1/edges/mg-switch")).GetProperty("enabled").GetBoolean());
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Devices_OfSeveralEdges_ComeInPagesEachOnce()
    {
        await using var one = await ConnectAsync("mg-p1", "mg-p1.a", "mg-p1.b", "mg-p1.c");
        await using var two = await ConnectAsync("mg-p2", "mg-p2.a", "mg-p2.b");
        var seen = new List<string>();

        for (var cursor = ""; ;)
        {
            var page = await host.GetAsync($"/api/v1/devices?limit=2&cursor={Uri.EscapeDataString(cursor)}");
            seen.AddRange(page.GetProperty("devices").EnumerateArray().Select(device => device.GetProperty("serviceId").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString()!;
            if (cursor.Length == 0)
            {
                break;
            }
        }

        Assert.Equal(
            ["mg-p1.a", "mg-p1.b", "mg-p1.c", "mg-p2.a", "mg-p2.b"],
            seen.Where(id => id.StartsWith("mg-p", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Device_WithMeasurements_ShowsStateLatestAndHistoryAsReceived_Decision10()
    {
        await using var client = await ConnectAsync("mg-dev", "mg-dev.t");
        await client.SendAsync(LinkFrames.Events(
            (1, "mg-dev.t", LinkFrames.Quantities(364)), (2, "mg-dev.t", LinkFrames.Quantities(370, LinkFrames.Time + 60_000))));
        await client.AcknowledgedAsync(2);

        var device = await host.GetAsync("/api/v1/devices/mg-dev.t");
        var history = await host.GetAsync("/api/v1/devices/mg-dev.t/history?newestFirst=false");

        Assert.True(device.GetProperty("online").GetBoolean());
        Assert.Equal("TP-1", device.GetProperty("device").GetProperty("modelNumber").GetString());
        var latest = device.GetProperty("latest").EnumerateArray().Single();
        Assert.Equal("37.0", latest.GetProperty("quantities").GetProperty("temperature").GetProperty("value").GetRawText());
        Assert.Equal(0.75, latest.GetProperty("batteryLevel").GetDouble());
        Assert.Equal(
            ["36.4", "37.0"],
            history.GetProperty("measurements").EnumerateArray()
                .Select(m => m.GetProperty("quantities").GetProperty("temperature").GetProperty("value").GetRawText()));
    }

    [Theory]
    [InlineData("/api/v1/devices?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/devices/none", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/devices/none/history", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/nothing", HttpStatusCode.NotFound)]
    public async Task Read_OfWhatIsNotThere_IsAProblem(string path, HttpStatusCode expected)
    {
        using var answer = await host.SendAsync(HttpMethod.Get, path);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Server_ToTheOperator_ShowsTheSameKeywordEveryTime()
    {
        var first = (await host.GetAsync("/api/v1/server")).GetProperty("keyword").GetString();

        Assert.False(string.IsNullOrEmpty(first));
        Assert.Equal(first, (await host.GetAsync("/api/v1/server")).GetProperty("keyword").GetString());
    }

    [Fact]
    public async Task OpenApi_OfTheManagementApi_NamesItsRoutesAndItsToken()
    {
        var document = await host.Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json", TestContext.Current.CancellationToken);

        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToArray();
        Assert.Contains("/api/v1/approvals/{id}", paths);
        Assert.Contains("/api/v1/devices/{serviceId}/history", paths);
        Assert.All(paths, path => Assert.StartsWith("/api/v1/", path, StringComparison.Ordinal));
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("adminToken").GetProperty("scheme").GetString());
    }

    [Fact]
    public async Task Edge_ThatSaysWhatItLost_IsShownWithIt_UntilItBeginsAnew()
    {
        await using (var client = await ConnectAsync("mg-lost", "mg-lost-1"))
        {
            await client.SendAsync(new PingFrame(0, Lost: 3, Dropped: 4000));
            await client.ReceiveAsync<PongFrame>();
            var told = await host.GetAsync("/api/v1/edges/mg-lost");
            Assert.Equal((3, 4000), (told.GetProperty("lost").GetInt64(), told.GetProperty("dropped").GetInt64()));
        }

        await using var next = await ConnectAsync("mg-lost", "mg-lost-1");
        var anew = await host.GetAsync("/api/v1/edges/mg-lost");
        Assert.Equal((0, 0), (anew.GetProperty("lost").GetInt64(), anew.GetProperty("dropped").GetInt64()));
    }

    private async Task<LinkClient> ConnectAsync(string edgeId, params string[] services)
    {
        var client = await LinkClient.HelloAsync(host.Address, edgeId, await host.EnrolAsync(edgeId));
        await client.ReceiveAsync<WelcomeFrame>();
        await client.SendAsync(LinkFrames.Services(services));
        await client.SendAsync(new PingFrame(0));
        await client.ReceiveAsync<PongFrame>();
        return client;
    }
}
