using Dwapi.Grains.Ports;
using Microsoft.Extensions.Hosting;

namespace Dwapi.Storage.Hosting;

/// <summary>Care of the store at the start and then daily. A turn that fails is told and comes again.</summary>
internal abstract class DailyService(TimeProvider time) : BackgroundService
{
    /// <summary>One turn.</summary>
    internal abstract Task RunOnce(CancellationToken cancellationToken);

    /// <summary>Tells of a turn that failed.</summary>
    protected abstract void Failed(MeasurementStoreException fault);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not before the first await: the host waits for nothing that can be done later.
        await Task.Yield();
        using var daily = new PeriodicTimer(TimeSpan.FromDays(1), time);
        do
        {
            try
            {
                await RunOnce(stoppingToken);
            }
            catch (MeasurementStoreException fault)
            {
                Failed(fault);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
        while (await NextDay(daily, stoppingToken));
    }

    // A host that never started disposes its services without stopping them: a cancelled wait is an end, not a fault.
    private static async Task<bool> NextDay(PeriodicTimer daily, CancellationToken stoppingToken)
    {
        try
        {
            return await daily.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
