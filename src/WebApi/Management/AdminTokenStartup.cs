using Microsoft.Extensions.Hosting;

namespace Dwapi.WebApi.Management;

/// <summary>Makes the admin tokens before the first request, so that the operator finds them.</summary>
internal sealed class AdminTokenStartup(AdminTokens tokens) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var token in tokens.All)
        {
            token.Ensure();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
