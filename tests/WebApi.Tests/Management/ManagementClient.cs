using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dwapi.WebApi.Tests.PluginLink;

namespace Dwapi.WebApi.Tests.Management;

/// <summary>Calls of the management API as a program with the token, or as a page with a cookie.</summary>
internal static class ManagementClient
{
    /// <summary>The server's own origin.</summary>
    public static string OriginOf(LinkHost host) => host.Address.GetLeftPart(UriPartial.Authority);

    /// <summary>A program with the token.</summary>
    public static Task<HttpResponseMessage> SendAsync(this LinkHost host, HttpMethod method, string path, object? body = null) =>
        host.SendAsync(method, path, request =>
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", host.AdminToken);
            request.Content = body is null ? null : JsonContent.Create(body);
        });

    /// <summary>Whatever the test makes of the request.</summary>
    public static async Task<HttpResponseMessage> SendAsync(this LinkHost host, HttpMethod method, string path, Action<HttpRequestMessage> prepare)
    {
        using var request = new HttpRequestMessage(method, path);
        prepare(request);
        return await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>GET with the token, as JSON.</summary>
    public static async Task<JsonElement> GetAsync(this LinkHost host, string path)
    {
        using var answer = await host.SendAsync(HttpMethod.Get, path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    /// <summary>The cookie of a console that has logged in.</summary>
    public static async Task<string> LoginAsync(this LinkHost host)
    {
        using var answer = await host.SendAsync(HttpMethod.Post, "/api/v1/login", request =>
        {
            request.Headers.Add("Origin", OriginOf(host));
            request.Content = JsonContent.Create(new { token = host.AdminToken });
        });
        Assert.True(answer.IsSuccessStatusCode);
        return answer.Headers.GetValues("Set-Cookie").Single();
    }
}
