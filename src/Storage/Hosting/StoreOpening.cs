using Microsoft.Extensions.Hosting;

namespace Dwapi.Storage.Hosting;

/// <summary>Opens the store before anything else of the host starts, and closes it after everything else has stopped.</summary>
internal sealed class StoreOpening(IServiceProvider services) : IHostedLifecycleService
{
    private IStoreDatabase? _database;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _database = StoreKind.Database(services);
        return _database?.Open(cancellationToken) ?? Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}
