using Dwapi.Actors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dwapi.ActorRuntime.Tests.Runtime;

/// <summary>The runtime under test: the embedded one.</summary>
public sealed class ActorCluster : IAsyncDisposable
{
    private readonly IHost _host;

    private ActorCluster(IHost host) => _host = host;

    public IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    public static async Task<ActorCluster> StartAsync(ClusterSettings settings, Action<ISiloBuilder>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        if (settings.Time is { } time)
            builder.Services.AddSingleton(time);
        builder.UseOrleans(silo =>
        {
            silo.Services.AddEmbeddedActors(options =>
            {
                options.ResponseTimeout = settings.ResponseTimeout;
                options.CollectionAge = settings.CollectionAge;
                options.CollectionQuantum = settings.CollectionQuantum;
                options.MinimumReminderPeriod = settings.MinimumReminderPeriod;
            });
            configure?.Invoke(silo);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new ActorCluster(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
