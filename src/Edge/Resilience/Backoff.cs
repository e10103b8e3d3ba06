using Polly;
using Polly.Retry;

namespace Dwapi.Edge.Resilience;

/// <summary>Tries for ever, with growing pauses and jitter: for connections that are to be there whenever they can.</summary>
internal static class Backoff
{
    /// <summary>The pipeline.</summary>
    /// <param name="first">First pause.</param>
    /// <param name="longest">Longest pause.</param>
    /// <param name="time">The clock of the pauses.</param>
    /// <param name="failed">Told of every failure; may be null.</param>
    /// <typeparam name="TFault">What is tried again; everything else ends it.</typeparam>
    public static ResiliencePipeline Forever<TFault>(TimeSpan first, TimeSpan longest, TimeProvider time, Action<TFault>? failed = null)
        where TFault : Exception => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<TFault>(),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = first,
            MaxDelay = longest,
            OnRetry = retry =>
            {
                failed?.Invoke((TFault)retry.Outcome.Exception!);
                return ValueTask.CompletedTask;
            },
        })
        .Build();
}
