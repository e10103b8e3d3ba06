using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dwapi.Grains.Tests.Runtime;

/// <summary>Catches the services of the silo's host, which neither runtime's cluster gives away.</summary>
internal sealed class SiloServices : IHostedService
{
    private IServiceProvider? _services;

    public T Get<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    public SiloServices Capture(IServiceProvider services)
    {
        _services = services;
        return this;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
