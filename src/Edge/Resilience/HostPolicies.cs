using System.Collections.Concurrent;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Dwapi.Edge.Resilience;

/// <summary>
/// How the edge calls a host, in one place: what may be repeated is tried five times, 1 s to 60 s apart with jitter, a host that fails all the time
/// is left alone for a while, no call lasts for ever. What must not be repeated (start, cancel) goes by <see cref="Once"/>.
/// </summary>
internal sealed class HostPolicies(TimeProvider time)
{
    private const int Retries = 4;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BreakFor = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, (ResiliencePipeline Safe, ResiliencePipeline Once)> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>For calls that change nothing or the same thing.</summary>
    public ResiliencePipeline Safe(Uri host) => Of(host).Safe;

    /// <summary>For calls that are made once, whatever happens.</summary>
    public ResiliencePipeline Once(Uri host) => Of(host).Once;

    /// <summary>True for a fault that may pass: no answer, not in time, or the host says so itself.</summary>
    public static bool MayPass(Exception fault) => fault is TransientCallException or HttpRequestException or TimeoutRejectedException or IOException;

    private (ResiliencePipeline Safe, ResiliencePipeline Once) Of(Uri host) => _hosts.GetOrAdd(host.Authority, name =>
    {
        var breaker = new CircuitBreakerStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(MayPass),
            MinimumThroughput = 10,
            FailureRatio = 0.9,
            BreakDuration = BreakFor,
            OnOpened = _ =>
            {
                ResilienceMetrics.Opened(name);
                return default;
            },
        };
        var safe = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(MayPass),
                MaxRetryAttempts = Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstPause,
                MaxDelay = LongestPause,

                // A host that says when to come again is believed, within reason.
                DelayGenerator = retry => new ValueTask<TimeSpan?>(
                    (retry.Outcome.Exception as TransientCallException)?.RetryAfter is { } wait && wait <= LongestPause ? wait : null),
                OnRetry = _ =>
                {
                    ResilienceMetrics.Retried(name);
                    return default;
                },
            })
            .AddCircuitBreaker(breaker)
            .Build();
        var once = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(CallLimit).Build();
        return (safe, once);
    });
}
