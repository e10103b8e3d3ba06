using Dwapi.ContentServers;
using Dwapi.Grains.Printing;
using Dwapi.Grains.Settings;
using Dwapi.Grains.Tests.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dwapi.ContentServer.Tests;

/// <summary>The content server on real Kestrel, and the adapter that speaks to it.</summary>
public sealed class ContentHost : IAsyncDisposable
{
    public const string Printer = "printer:1";

    private readonly WebApplication _app;

    private ContentHost(WebApplication app, FakeClock clock)
    {
        _app = app;
        Clock = clock;
        Server = new ContentServerOptions
        {
            Id = "own",
            Kind = "oauth",
            Url = app.Urls.First() + ContentServerExtensions.Path + "/",
            ClientId = "silo",
            ClientSecret = "a secret: with colon",
        };
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Server.Url) };
    }

    public FakeClock Clock { get; }

    public ContentServerOptions Server { get; }

    public HttpClient Http { get; }

    private readonly OAuthClient _client = new(TimeProvider.System);

    internal OAuthContentServers Adapter => new(_client);

    public static async Task<ContentHost> Start()
    {
        var clock = new FakeClock();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddContentServer(new ContentServerLogin("silo", "a secret: with colon"));
        var app = builder.Build();
        app.MapContentServer();
        await app.StartAsync();
        return new ContentHost(app, clock);
    }

    public async Task<string> TokenFor(string model, string printer = Printer, string applicationToken = "") => (await Adapter.Issue(
        Server, new ContentRequest("job-1", printer, $"{Server.Url}models/{model}/file", applicationToken, default), CancellationToken.None)).Token;

    public async Task<HttpResponseMessage> Get(string path, string token = "", string printer = Printer, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token.Length > 0)
        {
            request.Headers.Add("Authorization", "Bearer " + token);
        }

        if (printer.Length > 0)
        {
            request.Headers.Add(ContentServerExtensions.PrinterHeader, printer);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
