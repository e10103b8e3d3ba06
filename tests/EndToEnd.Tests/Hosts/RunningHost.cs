using Dwapi.Silo.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Dwapi.EndToEnd.Tests.Hosts;

/// <summary>The whole product in this process, composed as by its Program, on free ports and a data directory of its own.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _ownsData;

    private RunningHost(WebApplication app, string data, bool ownsData)
    {
        _app = app;
        _ownsData = ownsData;
        DataDirectory = data;
        Urls = [.. app.Urls];
    }

    public string DataDirectory { get; }

    public IReadOnlyList<string> Urls { get; }

    public Uri Url => new(Urls.First(u => u.StartsWith("http:", StringComparison.Ordinal)));

    public IServiceProvider Services => _app.Services;

    public OperatorClient Operator() => new(new Uri(Urls[0]), DataDirectory);

    public static async Task<RunningHost> Start(
        string environment = "Development",
        string urls = "http://127.0.0.1:0",
        string? data = null,
        bool demo = true,
        params string[] settings)
    {
        var directory = data ?? Directory.CreateTempSubdirectory("dwapi-test-").FullName;
        var app = SiloHost.Build(
        [
            "--environment", environment, "--urls", urls, $"--Dwapi:DataDirectory={directory}",
            $"--Dwapi:Demo={(demo ? "true" : "false")}", "--Logging:LogLevel:Default=Warning", .. settings,
        ]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningHost(app, directory, data is null);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsData)
        {
            Directory.Delete(DataDirectory, recursive: true);
        }
    }
}
