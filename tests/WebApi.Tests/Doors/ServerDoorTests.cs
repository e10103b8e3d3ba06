using System.Net;
using Dwapi.Grains.Settings;
using Dwapi.WebApi.Doors;
using Dwapi.WebApi.Tenants;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Tests.Doors;

/// <summary>What every request passes before its path is looked at (DECISIONS 8, 31).</summary>
public sealed class ServerDoorTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("localhost:4035")]
    [InlineData("LOCALHOST:4035")]
    [InlineData("127.0.0.1:4035")]
    [InlineData("127.8.9.1")]
    [InlineData("[::1]:4035")]
    [InlineData("box.clinic.example:4036")]
    [InlineData("listening.example")]
    public void Shall12_OwnHost_Passes(string host) => Assert.Null(Check(Request(host), new GotapiOptions { HostNames = { "box.clinic.example" } }));

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example:4035")]
    [InlineData("10.1.2.3:4035")]
    [InlineData("")]
    [InlineData("[")]
    public void Shall12_ForeignHost_Is421And19(string host)
    {
        var refusal = Check(Request(host), new GotapiOptions());
        Assert.Equal((421, 19), (refusal?.HttpStatus, refusal?.Error.Code));
    }

    [Fact]
    public void Decision08_AddressThatWasConnectedTo_IsOurs()
    {
        var request = Request("10.1.2.3:4036", local: "10.1.2.3", scheme: "https");
        Assert.Null(Check(request, new GotapiOptions()));
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/livez")]
    [InlineData("/metrics")]
    public void Decision08_Probes_AreExceptedFromHostAndClearText(string path) =>
        Assert.Null(Check(Request("10.9.9.9", local: "10.9.9.9", path: path), new GotapiOptions()));

    [Fact]
    public void Shall13_ClearTextOffLoopback_IsRefused()
    {
        var refusal = Check(Request("10.1.2.3", local: "10.1.2.3"), new GotapiOptions());
        Assert.Equal(403, refusal?.HttpStatus);
        Assert.Contains("Dwapi:ClearTextBehindProxy", refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decision31_ClearTextBehindProxy_IsServedWhenSaid() =>
        Assert.Null(Check(Request("10.1.2.3", local: "10.1.2.3"), new GotapiOptions(), new DwapiOptions { ClearTextBehindProxy = true }));

    [Theory]
    [InlineData("10.0.0.7", true)]
    [InlineData("192.168.3.3", true)]
    [InlineData("192.168.4.3", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::ffff:10.0.0.7", true)]
    public void Shall08_ClientAddresses_OnlyThoseConfigured(string remote, bool passes)
    {
        var request = Request("localhost", scheme: "https");
        request.Connection.RemoteIpAddress = IPAddress.Parse(remote);
        Assert.Equal(passes, Check(request, new GotapiOptions { AllowedClients = { "10.0.0.7", "192.168.3.0/24" } }) is null);
    }

    [Fact]
    public void AllowedClients_NotAnAddress_NamesTheSetting()
    {
        var fault = Assert.Throws<FormatException>(() => new AddressList(["nonsense"], "Gotapi:AllowedClients"));
        Assert.Contains("Gotapi:AllowedClients", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9")]
    [InlineData("127.0.0.1", "10.66.6.6, 203.0.113.9", "203.0.113.9")]
    [InlineData("203.0.113.1", "10.66.6.6", "203.0.113.1")]
    [InlineData("127.0.0.1", "nonsense", "127.0.0.1")]
    [InlineData("127.0.0.1", "", "127.0.0.1")]
    public void Decision01_ForwardedFor_CountsOnlyOfConfiguredProxies(string peer, string forwarded, string expected)
    {
        var request = Request("localhost");
        request.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        request.Request.Headers["X-Forwarded-For"] = forwarded;
        var remote = new RemoteAddress(Options.Create(new DwapiOptions { TrustedProxies = { "127.0.0.1", "10.0.0.2" } }));
        Assert.Equal(expected, remote.TextOf(request));
    }

    [Theory]
    [InlineData(16_000, false)]
    [InlineData(16_400, true)]
    public void Shall15_HeadersOverTheLimit_Are413And1(int size, bool refused)
    {
        var request = Request("localhost");
        request.Request.Headers["X-A"] = new string('a', size / 2);
        request.Request.QueryString = new QueryString("?" + new string('b', size / 2));
        var refusal = Check(request, new GotapiOptions());
        Assert.Equal(refused ? (413, 1) : (null, null), ((int?)refusal?.HttpStatus, (int?)refusal?.Error.Code));
    }

    private static Refusal? Check(HttpContext context, GotapiOptions options, DwapiOptions? dwapi = null)
    {
        var gotapi = Options.Create(options);
        var host = Options.Create(dwapi ?? new DwapiOptions());
        var tenants = new TenantDirectory(Options.Create(new TenancyOptions()));
        return new ServerDoor(new HostNames(gotapi, tenants, new Server()), new RemoteAddress(host), gotapi, host).Check(context);
    }

    private static DefaultHttpContext Request(string host, string local = "127.0.0.1", string scheme = "http", string path = "/gotapi/availability")
    {
        var context = new DefaultHttpContext();
        context.Request.Host = new HostString(host);
        context.Request.Scheme = scheme;
        context.Request.Method = "GET";
        context.Request.Path = path;
        context.Connection.LocalIpAddress = IPAddress.Parse(local);
        context.Connection.RemoteIpAddress = IPAddress.Parse(local);
        return context;
    }

    private sealed class Server : IServer
    {
        public Server() => Features.Set<IServerAddressesFeature>(new ServerAddresses());

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }

    private sealed class ServerAddresses : IServerAddressesFeature
    {
        public ICollection<string> Addresses { get; } = ["http://listening.example:4035", "https://[::]:4036"];

        public bool PreferHostingUrls { get; set; }
    }
}
