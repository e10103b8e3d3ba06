using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dwapi.Grains.Applications;
using Dwapi.WebApi.Tests.PluginLink;

namespace Dwapi.WebApi.Tests.Management;

/// <summary>A token request waits for an operator, who decides here and nowhere else.</summary>
public sealed class ApprovalTests(LinkHost host) : IClassFixture<LinkHost>
{
    [Fact]
    public async Task Approve_APendingRequest_GivesTheApplicationItsToken()
    {
        var (access, pending) = await AskAsync("https://ap-yes.example", "health", "servicediscovery");

        using var answer = await host.SendAsync(HttpMethod.Post, $"/api/v1/approvals/{Id(pending)}", new { approve = true });

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(0, (await access).ErrorCode);
        Assert.DoesNotContain((await host.GetAsync("/api/v1/approvals")).EnumerateArray(), item => Id(item) == Id(pending));
    }

    [Fact]
    public async Task Deny_APendingRequest_IsError11ForTheApplication()
    {
        var (access, pending) = await AskAsync("https://ap-no.example", "thermometer");

        using var answer = await host.SendAsync(HttpMethod.Post, $"/api/v1/approvals/{Id(pending)}", new { approve = false });

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(11, (await access).ErrorCode);
    }

    [Fact]
    public async Task List_OfPendingRequests_SaysOriginAndScopesInWords_Decision3()
    {
        var (access, pending) = await AskAsync("https://ap-words.example", "health", "thermometer");

        Assert.Equal("https://ap-words.example", pending.GetProperty("origin").GetString());
        Assert.Equal("Ward board", pending.GetProperty("applicationName").GetString());
        var scopes = pending.GetProperty("scopes").EnumerateArray().ToDictionary(s => s.GetProperty("scope").GetString()!);
        Assert.Equal("all health devices", scopes["health"].GetProperty("meaning").GetString());
        Assert.True(scopes["health"].GetProperty("wide").GetBoolean());
        Assert.Equal("thermometers", scopes["thermometer"].GetProperty("meaning").GetString());
        await DecideAsync(pending, access);
    }

    [Fact]
    public async Task Approve_ByAWebPageWithoutTheCookie_IsRefusedAndStaysPending_Decision30()
    {
        var (access, pending) = await AskAsync("https://ap-page.example", "health");
        var path = $"/api/v1/approvals/{Id(pending)}";

        using var page = await host.SendAsync(HttpMethod.Post, path, request =>
        {
            request.Headers.Add("Origin", "https://ap-page.example");
            request.Content = JsonContent.Create(new { approve = true });
        });
        using var ownPage = await host.SendAsync(HttpMethod.Post, path, request =>
        {
            request.Headers.Add("Origin", ManagementClient.OriginOf(host));
            request.Content = JsonContent.Create(new { approve = true });
        });

        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, ownPage.StatusCode);
        Assert.False(access.IsCompleted);
        Assert.Contains((await host.GetAsync("/api/v1/approvals")).EnumerateArray(), item => Id(item) == Id(pending));
        await DecideAsync(pending, access);
    }

    [Fact]
    public async Task Decide_WhatIsNoLongerPending_Is404()
    {
        using var answer = await host.SendAsync(HttpMethod.Post, "/api/v1/approvals/none", new { approve = true });

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Revoke_AClient_VoidsItsToken()
    {
        var (access, pending) = await AskAsync("https://ap-revoke.example", "health");
        await DecideAsync(pending, access, approve: true);
        var clientId = pending.GetProperty("clientId").GetString()!;
        var listed = (await host.GetAsync("/api/v1/clients?origin=https://ap-revoke.example")).EnumerateArray().Single();
        var tokens = (await host.GetAsync("/api/v1/tokens")).EnumerateArray();

        using var answer = await host.SendAsync(HttpMethod.Delete, $"/api/v1/clients/{clientId}");

        Assert.Equal(clientId, listed.GetProperty("clientId").GetString());
        Assert.Contains(tokens, token => token.GetProperty("clientId").GetString() == clientId);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Null(await host.Session(clientId).GetSession());
        using var again = await host.SendAsync(HttpMethod.Delete, $"/api/v1/clients/{clientId}");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task SetKey_OfAnOrigin_IsHexDecodedAndEmptyDeletesIt_Decision7()
    {
        const string origin = "https://ap-key.example";
        var application = host.Application(origin);

        using var set = await host.SendAsync(HttpMethod.Post, "/api/v1/hmac-keys", new { origin, key = "00112233445566778899aabbccddeeff" });
        var key = await application.GetOriginKey();
        using var bad = await host.SendAsync(HttpMethod.Post, "/api/v1/hmac-keys", new { origin, key = "xyz" });
        using var delete = await host.SendAsync(HttpMethod.Post, "/api/v1/hmac-keys", new { origin, key = "" });

        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        Assert.False(key!.Ascii);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, delete.StatusCode);
        Assert.Null(await application.GetOriginKey());
    }

    private static string Id(JsonElement pending) => pending.GetProperty("id").GetString()!;

    private async Task<(Task<AccessResult> Access, JsonElement Pending)> AskAsync(string origin, params string[] scopes)
    {
        var grant = await host.Application(origin).Grant(new GrantRequest("127.0.0.1"));
        var access = host.Session(grant.ClientId).RequestAccess(new AccessRequest("Ward board", [.. scopes]), default);
        JsonElement pending = default;
        await host.UntilAsync(async () =>
        {
            var all = (await host.GetAsync("/api/v1/approvals")).EnumerateArray().ToArray();
            pending = all.FirstOrDefault(item => item.GetProperty("clientId").GetString() == grant.ClientId);
            return pending.ValueKind == JsonValueKind.Object;
        });
        return (access, pending);
    }

    private async Task DecideAsync(JsonElement pending, Task<AccessResult> access, bool approve = false)
    {
        using var answer = await host.SendAsync(HttpMethod.Post, $"/api/v1/approvals/{Id(pending)}", new { approve });
        await access;
    }
}
