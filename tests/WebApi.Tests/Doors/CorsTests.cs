using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.Doors;

/// <summary>What a browser needs to let a page of another origin talk to us (gotapi-1.1 section 3, DECISIONS 8).</summary>
public sealed class CorsTests(SharedHost shared)
{
    [Theory]
    [InlineData("/gotapi/availability")]
    [InlineData("/gotapi/serviceDiscovery")]
    [InlineData("/gotapi/get")]
    public async Task Decision08_Answer_EchoesTheOriginWithVaryAndWithoutCredentials(string path)
    {
        using var application = new Application(shared.Host);
        var reply = await application.Get(path);
        Assert.Equal(Application.DefaultOrigin, reply.Header("Access-Control-Allow-Origin"));
        Assert.Equal("Origin", reply.Header("Vary"));
        Assert.Null(reply.Header("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Shall01_Preflight_NeedsNoTokenAndAdmitsTheHeadersOfKnownClients()
    {
        using var application = new Application(shared.Host);
        var reply = await application.Send(
            HttpMethod.Options,
            "/gotapi/health/heart",
            null,
            ("Access-Control-Request-Method", "PUT"),
            ("Access-Control-Request-Headers", "x-gotapi-origin,content-type,x-own"));
        Assert.Equal((200, ""), (reply.Status, reply.Text));
        Assert.Equal(Application.DefaultOrigin, reply.Header("Access-Control-Allow-Origin"));
        foreach (var method in new[] { "GET", "POST", "PUT", "DELETE" })
        {
            Assert.Contains(method, reply.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);
        }

        foreach (var header in new[] { "x-gotapi-origin", "content-type", "authorization", "x-own" })
        {
            Assert.Contains(header, reply.Header("Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Shall01_OptionsWithoutOrigin_Is200()
    {
        using var application = new Application(shared.Host, origin: null);
        Assert.Equal(200, (await application.Send(HttpMethod.Options, "/gotapi/a/b/c/d/e")).Status);
    }

    [Theory]
    [InlineData("true", "true")]
    [InlineData("", null)]
    public async Task Preflight_PrivateNetwork_IsAllowedWhenAsked(string asked, string? allowed)
    {
        using var application = new Application(shared.Host);
        var reply = await application.Send(
            HttpMethod.Options, "/gotapi/availability", null, ("Access-Control-Request-Private-Network", asked));
        Assert.Equal(allowed, reply.Header("Access-Control-Allow-Private-Network"));
    }
}
