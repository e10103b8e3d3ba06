using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dwapi.ContentServer;
using Dwapi.Edge.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Tests.Printers.Ipp;

/// <summary>The real content server in this process, and the silo's part of its tokens: login, then an exchange for one printer and one model.</summary>
internal sealed class OwnContentServer : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly WebApplication _application;

    private OwnContentServer(WebApplication application) => _application = application;

    /// <summary>Query and Authorization of every request for a file.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<(string Query, string Authorization)> Fetches { get; } = [];

    public Uri Model => new($"{_application.Urls.Single()}{ContentServerExtensions.Path}/models/cube/file");

    public static async Task<OwnContentServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddContentServer(new ContentServerLogin("silo", "s"));
        var server = new OwnContentServer(builder.Build());
        server._application.Use((context, next) =>
        {
            if (context.Request.Path.Value!.EndsWith("/file", StringComparison.Ordinal))
                server.Fetches.Enqueue((context.Request.QueryString.Value!, context.Request.Headers.Authorization.ToString()));
            return next(context);
        });
        server._application.MapContentServer();
        await server._application.StartAsync();
        return server;
    }

    public async Task<string> TokenAsync(string printer = PrintingBench.Service)
    {
        var login = await AskAsync(new() { ["grant_type"] = "client_credentials" });
        return await AskAsync(new()
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
            ["subject_token"] = login,
            ["resource"] = Model.AbsoluteUri,
            ["actor_token"] = printer,
        });
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _application.DisposeAsync();
    }

    private async Task<string> AskAsync(Dictionary<string, string> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Model, "/content/oauth/token")) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("silo:s")));
        using var answer = await _http.SendAsync(request, Patience.Token);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(Patience.Token))!["access_token"]!;
    }
}
