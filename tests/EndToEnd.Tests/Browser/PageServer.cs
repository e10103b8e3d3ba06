using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dwapi.EndToEnd.Tests.Browser;

/// <summary>
/// The web server of an application: another origin than the GotAPI server's. It serves one page, which posts what it found to
/// <c>/done</c>.
/// </summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource<JsonElement> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PageServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    public static async Task<PageServer> Start(string page, string? libraries = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new PageServer(app);
        app.MapGet("/", () => Results.Content(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Browser", "pages", page)), "text/html; charset=utf-8"));
        app.MapGet("/application.js", () => Results.Content(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Browser", "pages", "application.js")), "text/javascript; charset=utf-8"));
        app.MapGet("/lib/{file}", (string file) => Results.Content(File.ReadAllText(Path.Combine(libraries!, Path.GetFileName(file))), "text/javascript; charset=utf-8"));
        app.MapPost("/done", async (HttpRequest request) => server._done.TrySetResult(await request.ReadFromJsonAsync<JsonElement>()));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Shows the page in Chromium and waits for what it posts.</summary>
    public async Task<JsonElement> Run(Uri server, string query = "")
    {
        var page = new Uri(Url, $"/?server={Uri.EscapeDataString(server.ToString().TrimEnd('/'))}{query}");
        await using var browser = Chromium.Show(page);
        return await _done.Task.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
