using Microsoft.Extensions.Logging;

namespace Dwapi.Storage;

/// <summary>Everything this project logs; never a health value.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Store {Path} opened, epoch {Epoch}, schema {Schema}.")]
    public static partial void StoreOpened(ILogger logger, string path, string epoch, int schema);

    [LoggerMessage(2, LogLevel.Error, "{Reason}")]
    public static partial void StoreFailed(ILogger logger, string reason);

    [LoggerMessage(3, LogLevel.Information, "Store {Path} is writing again.")]
    public static partial void StoreRecovered(ILogger logger, string path);

    [LoggerMessage(4, LogLevel.Warning, "Rollback failed; the connection is opened anew.")]
    public static partial void RollbackFailed(ILogger logger, Exception fault);

    [LoggerMessage(5, LogLevel.Warning, "Checkpoint failed; it is tried again after more writes.")]
    public static partial void CheckpointFailed(ILogger logger, Exception fault);

    [LoggerMessage(6, LogLevel.Information, "Retention removed {Rows} rows of {Attribute} of tenant {Tenant}.")]
    public static partial void Retained(ILogger logger, long rows, string attribute, string tenant);

    [LoggerMessage(7, LogLevel.Error, "Retention failed; it is tried again at its next turn.")]
    public static partial void RetentionFailed(ILogger logger, Exception fault);

    [LoggerMessage(8, LogLevel.Warning, "The partition of {Month:yyyy-MM} could not be made; its measurements go to measurement_other. Make the user the owner of the schema.")]
    public static partial void MonthNotMade(ILogger logger, DateTime month, Exception fault);

    [LoggerMessage(9, LogLevel.Warning, "The partitions of the coming months could not be made; it is tried again tomorrow, or by the first measurement of a month.")]
    public static partial void MonthsNotMade(ILogger logger, Exception fault);
}
