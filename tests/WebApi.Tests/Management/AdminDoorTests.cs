using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Dwapi.WebApi.Tests.PluginLink;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dwapi.WebApi.Tests.Management;

/// <summary>DECISIONS 30: nobody reads or writes without the token, and no foreign page rides on the console's cookie.</summary>
public sealed class AdminDoorTests(LinkHost host) : IClassFixture<LinkHost>
{
    private static readonly object Edge = new { name = "Door", edgeId = "door" };

    [Fact]
    public async Task EveryRoute_WithoutToken_Is401_Decision30()
    {
        var routes = host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => Path(route).StartsWith("/api/v1", StringComparison.Ordinal) || Path(route).StartsWith("/fhir", StringComparison.Ordinal))
            .Where(route => Path(route) != "/api/v1/login")
            .ToArray();
        Assert.True(routes.Length > 15);

        foreach (var route in routes)
        {
            foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            {
                using var answer = await host.SendAsync(new HttpMethod(method), Path(route).Replace("{**rest}", "x", StringComparison.Ordinal), _ => { });
                Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} {Path(route)}: {answer.StatusCode}");
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            }
        }

        static string Path(RouteEndpoint route) => "/" + route.RoutePattern.RawText!.TrimStart('/');
    }

    [Theory]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer ")]
    [InlineData("Basic YWRtaW46")]
    public async Task Read_WithAnythingButTheToken_Is401_Decision30(string authorization)
    {
        using var answer = await host.SendAsync(HttpMethod.Get, "/api/v1/edges", r => r.Headers.TryAddWithoutValidation("Authorization", authorization));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Write_ByAProgramWithTheToken_NeedsNoOrigin_Decision30()
    {
        using var answer = await host.SendAsync(HttpMethod.Post, "/api/v1/edges", Edge);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task Write_WithTheTokenButAForeignOrigin_Is403_Decision30(string origin)
    {
        using var answer = await host.SendAsync(HttpMethod.Post, "/api/v1/edges", request =>
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", host.AdminToken);
            request.Headers.Add("Origin", origin);
            request.Content = JsonContent.Create(Edge);
        });

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data")]
    public async Task Write_ThatAFormCanSend_Is415_Decision30(string contentType)
    {
        using var answer = await host.SendAsync(HttpMethod.Post, "/api/v1/edges", request =>
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", host.AdminToken);
            request.Content = new StringContent("""{"name":"x"}""", Encoding.UTF8, contentType);
        });

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task Cookie_OfTheLogin_IsForThisServerOnlyAndOutOfReachOfScripts_Decision30()
    {
        var cookie = await host.LoginAsync();

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(host.AdminToken, cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookie_FromAPageOfThisServer_ReadsAndWrites_Decision30()
    {
        var cookie = (await host.LoginAsync()).Split(';')[0];

        using var read = await host.SendAsync(HttpMethod.Get, "/api/v1/edges", request => request.Headers.Add("Cookie", cookie));
        using var write = await PostByCookieAsync(cookie, ManagementClient.OriginOf(host));

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal(HttpStatusCode.Created, write.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task Cookie_FromAnotherPageOrNone_DoesNotWrite_Decision30(string? origin)
    {
        var cookie = (await host.LoginAsync()).Split(';')[0];

        using var write = await PostByCookieAsync(cookie, origin);

        Assert.Equal(HttpStatusCode.Forbidden, write.StatusCode);
    }

    [Fact]
    public async Task Cookie_WithALaterExpiryOrAnotherDigest_Is401_Decision30()
    {
        var cookie = (await host.LoginAsync()).Split(';')[0];
        var dot = cookie.IndexOf('.', StringComparison.Ordinal);
        string[] forged = ["dwapi-console=9999999999" + cookie[dot..], cookie[..^2] + "xx", "dwapi-console=", "dwapi-console=.", cookie[..(dot + 1)]];

        foreach (var value in forged)
        {
            using var answer = await host.SendAsync(HttpMethod.Get, "/api/v1/edges", request => request.Headers.Add("Cookie", value));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Login_WrongToken_Is401()
    {
        using var answer = await host.SendAsync(HttpMethod.Post, "/api/v1/login", r => r.Content = JsonContent.Create(new { token = "wrong" }));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Login_FromAForeignPage_Is403_Decision30()
    {
        using var answer = await host.SendAsync(HttpMethod.Post, "/api/v1/login", request =>
        {
            request.Headers.Add("Origin", "https://evil.example");
            request.Content = JsonContent.Create(new { token = host.AdminToken });
        });

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Answers_OfTheManagementApi_AreNotCached()
    {
        using var answer = await host.SendAsync(HttpMethod.Get, "/api/v1/server");

        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    private Task<HttpResponseMessage> PostByCookieAsync(string cookie, string? origin) => host.SendAsync(HttpMethod.Post, "/api/v1/edges", request =>
    {
        request.Headers.Add("Cookie", cookie);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        request.Content = JsonContent.Create(Edge);
    });
}
