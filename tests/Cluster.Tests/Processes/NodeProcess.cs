using System.Net;
using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.EndToEnd.Tests.Hosts;

namespace Dwapi.Cluster.Tests.Processes;

/// <summary>A silo or a web node of a cluster.</summary>
internal sealed class NodeProcess(string role, string database, params IReadOnlyList<string> settings) : IAsyncDisposable
{
    private readonly HostProcess _host = new();
    private readonly int _gatewayPort = FreePort.Next();

    /// <summary>Port on which a silo hears other silos; names it in the cluster.</summary>
    public int SiloPort { get; } = FreePort.Next();

    public Uri Url => _host.Url;

    public Uri Link => _host.Link;

    /// <summary>What it wrote in its present life.</summary>
    public string Output => _host.Output;

    /// <summary>Starts it, for the first time or after a kill, and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        await _host.StartAsync(
        [
            $"--Dwapi:Roles={role}",
            $"--ConnectionStrings:{Grains.Settings.ClusterSettings.ConnectionString}={database}",
            $"--Dwapi:Cluster:SiloPort={SiloPort}",
            $"--Dwapi:Cluster:GatewayPort={_gatewayPort}",
            .. settings,
        ]);
        await ReadyAsync();
    }

    /// <summary>Waits until it says that it is ready.</summary>
    public async Task ReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Url };
        await Eventually.True(async () => await StatusOf(http) == HttpStatusCode.OK, $"{role} at {Url} is ready; it said: {Output}");
    }

    /// <summary>SIGKILL: nobody is told.</summary>
    public Task KillAsync() => _host.KillAsync();

    /// <summary>SIGTERM: it drains, and ends.</summary>
    public async Task StopAsync()
    {
        await _host.TerminateAsync();
        Assert.Equal(0, await _host.ExitAsync());
    }

    /// <summary>The operator at this web node.</summary>
    public OperatorClient Operator() => _host.Operator();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static async Task<HttpStatusCode> StatusOf(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("/readyz", TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return HttpStatusCode.ServiceUnavailable;
        }
    }
}
