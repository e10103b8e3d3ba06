namespace Dwapi.Edge.Resilience;

/// <summary>A host answered that it cannot now: 408, 429, 502, 503, 504.</summary>
internal sealed class TransientCallException(string message, TimeSpan? retryAfter = null) : Exception(message)
{
    /// <summary>When the host wants to be asked again; null if it did not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
