using Dwapi.Grains.Devices;
using Dwapi.Grains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Dwapi.Cluster.Tests.Processes;

/// <summary>Looks into a cluster as a client of it: where a device's grain is.</summary>
internal sealed class ClusterObserver : IAsyncDisposable
{
    private readonly IHost _host;

    private ClusterObserver(IHost host) => _host = host;

    private IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    public static async Task<ClusterObserver> ConnectAsync(ClusterOfProcesses cluster)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(static options => (options.ClusterId, options.ServiceId) = ("dwapi", "dwapi"));
            client.UseAdoNetClustering(options =>
            {
                options.Invariant = "Npgsql";
                options.ConnectionString = cluster.Database;
            });
        });
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new ClusterObserver(host);
    }

    /// <summary>The silo that has the device's grain.</summary>
    public async Task<NodeProcess> SiloOf(ClusterOfProcesses cluster, string serviceId)
    {
        var grain = Client.GetGrain<IDeviceGrain>(TenantKey.Of(TenantKey.DefaultTenant, serviceId));
        var address = await Client.GetGrain<IManagementGrain>(0).GetActivationAddress(grain);
        Assert.NotNull(address);
        return cluster.Silos.Single(silo => silo.SiloPort == address.Endpoint.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
