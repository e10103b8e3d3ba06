using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Dwapi.Gotapi.Frames;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Tests.Support;

/// <summary>The server's end of the link over a real WebSocket; the test decides what it says.</summary>
internal sealed class LinkServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Channel<ServerLink> _links = Channel.CreateUnbounded<ServerLink>();

    private LinkServer(WebApplication application) => _application = application;

    public Uri Address { get; private set; } = null!;

    public static async Task<LinkServer> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        var server = new LinkServer(builder.Build());
        server._application.UseWebSockets();
        server._application.Map(LinkLimits.Path, server.AcceptAsync);
        await server._application.StartAsync();
        server.Address = new UriBuilder(server._application.Urls.Single()) { Scheme = certificate is null ? "ws" : "wss", Path = LinkLimits.Path }.Uri;
        return server;
    }

    /// <summary>The next connection of the edge.</summary>
    public async Task<ServerLink> NextAsync() => await _links.Reader.ReadAsync(Patience.Token);

    /// <summary>The next connection, greeted; its HELLO and its first SERVICES are read.</summary>
    public async Task<ServerLink> GreetAsync(int credit = 10_000, long position = 0)
    {
        var link = await NextAsync();
        await link.ExpectAsync<HelloFrame>();
        await link.WelcomeAsync(credit, position);
        await link.ExpectAsync<ServicesFrame>();
        return link;
    }

    public async ValueTask DisposeAsync()
    {
        _links.Writer.Complete();
        while (_links.Reader.TryRead(out var link))
            link.Abort();
        await _application.DisposeAsync();
    }

    private async Task AcceptAsync(HttpContext context)
    {
        using var link = new ServerLink(await context.WebSockets.AcceptWebSocketAsync());
        if (_links.Writer.TryWrite(link))
            await link.Ended;
    }
}
