using Dwapi.Grains.Ports;
using Dwapi.Storage.Hosting;
using Microsoft.Extensions.Logging;

namespace Dwapi.Storage.PostgreSql;

/// <summary>Makes the partitions of the coming months before the first measurement of one needs it.</summary>
internal sealed class MonthService(IServiceProvider services, TimeProvider time, ILogger<MonthService> logger) : DailyService(time)
{
    internal override async Task RunOnce(CancellationToken cancellationToken)
    {
        if (StoreKind.Database(services) is PostgreSqlDatabase database)
        {
            await database.Run(
                async (_, _) =>
                {
                    await database.Months.MakeAhead();
                    return true;
                },
                cancellationToken);
        }
    }

    protected override void Failed(MeasurementStoreException fault) => Log.MonthsNotMade(logger, fault);
}
