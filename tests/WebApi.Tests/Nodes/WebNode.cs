using System.Net.Http.Headers;
using System.Net.Http.Json;
using Dwapi.Grains.Hosting;
using Dwapi.WebApi.Management;
using Dwapi.WebApi.PluginLink;
using Dwapi.WebApi.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Dwapi.WebApi.Tests.Nodes;

/// <summary>One of several web nodes: every door on Kestrel and nothing else; the grains are in another host's silo.</summary>
internal sealed class WebNode : IAsyncDisposable
{
    public const string AdminToken = "token-of-all-nodes-with-forty-three-characters-or-more";

    private readonly WebApplication _app;
    private readonly string _directory;
    private Task? _stopping;

    private WebNode(WebApplication app, string directory, LogLines log)
    {
        _app = app;
        _directory = directory;
        Log = log;
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Address };
    }

    public Uri Address => new(_app.Urls.First());

    public LogLines Log { get; }

    public HttpClient Http { get; }

    public static async Task<WebNode> Join(GotapiHost silo, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var directory = Directory.CreateTempSubdirectory("dwapi-node-");
        var secret = Path.Combine(directory.FullName, "secret");
        await File.WriteAllTextAsync(secret, AdminToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(secret, UnixFileMode.UserRead);
        }

        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Dwapi:DataDirectory"] = directory.FullName,
            ["Dwapi:AdminTokenPath"] = secret,
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        var log = new LogLines();
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Information);
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<TimeProvider>(silo.Clock);
        builder.Services.AddSingleton(silo.Client);
        builder.Services.AddSingleton<IGrainFactory>(silo.Client);
        builder.Services.AddDwapiGrains(builder.Configuration);
        builder.Services.AddGotapi().AddPluginLink().AddManagement();
        var app = builder.Build();
        app.MapGotapi();
        app.MapPluginLink();
        app.MapManagement();
        await app.StartAsync();
        return new WebNode(app, directory.FullName, log);
    }

    /// <summary>What <c>/readyz</c> is made of.</summary>
    public Task<HealthReport> Health() => _app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    /// <summary>A call of the management API with the shared token.</summary>
    public Task<HttpResponseMessage> Manage(HttpMethod method, string path, object? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
        return Http.SendAsync(request);
    }

    /// <summary>Stops it as a signal does; once, a second time would wait for balancers again.</summary>
    public Task Stop() => _stopping ??= _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Stop();
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
