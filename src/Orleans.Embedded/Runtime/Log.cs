using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Dwapi.Actors.Runtime;

/// <summary>All log messages of the runtime.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "A call of {Method} of {Grain} failed and nobody waits for its result.")]
    public static partial void UnheardFailure(ILogger logger, Exception exception, string method, GrainId grain);

    [LoggerMessage(2, LogLevel.Error, "{Grain} could not be activated.")]
    public static partial void ActivationFailed(ILogger logger, Exception exception, GrainId grain);

    [LoggerMessage(3, LogLevel.Error, "{Grain} failed in its deactivation.")]
    public static partial void DeactivationFailed(ILogger logger, Exception exception, GrainId grain);

    [LoggerMessage(4, LogLevel.Error, "A timer of {Grain} failed; it goes on.")]
    public static partial void TimerFailed(ILogger logger, Exception exception, GrainId grain);

    [LoggerMessage(5, LogLevel.Error, "An observer of the stream {Stream} failed; the others go on.")]
    public static partial void StreamObserverFailed(ILogger logger, Exception exception, StreamId stream);

    [LoggerMessage(6, LogLevel.Error, "A reminder of {Grain} failed; it goes on.")]
    public static partial void ReminderFailed(ILogger logger, Exception exception, GrainId grain);

    [LoggerMessage(7, LogLevel.Error, "{Grain} threw when a call of it was cancelled.")]
    public static partial void CancellationFailed(ILogger logger, Exception exception, GrainId grain);
}
