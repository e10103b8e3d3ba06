using System.Collections.Concurrent;
using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Dwapi.ContentServers;

/// <summary>
/// The policy of each host: calls that may be repeated are, with a growing wait and some chance in it; a host that fails again and again is
/// left alone for a while.
/// </summary>
internal sealed class HostPolicies(TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, ResiliencePipeline<HttpResponseMessage>> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The policy of a host.</summary>
    public ResiliencePipeline<HttpResponseMessage> Of(Uri address) => _hosts.GetOrAdd(address.Authority, _ => Make());

    private ResiliencePipeline<HttpResponseMessage> Make()
    {
        var failed = new PredicateBuilder<HttpResponseMessage>()
            .Handle<HttpRequestException>()
            .Handle<TimeoutRejectedException>()
            .HandleResult(answer => answer.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError);
        return new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = failed,
                MaxRetryAttempts = 3,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(500),
                UseJitter = true,
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = failed,
                FailureRatio = 0.9,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(15),
            })
            .AddTimeout(Patience)
            .Build();
    }
}
