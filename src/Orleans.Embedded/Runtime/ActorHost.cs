using Microsoft.Extensions.Hosting;

namespace Dwapi.Actors.Runtime;

/// <summary>Starts and stops the runtime with the process.</summary>
internal sealed class ActorHost(ActorRuntime runtime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        runtime.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => runtime.StopAsync(cancellationToken);
}
