using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A stream, whatever its events.</summary>
public interface IAsyncStream
{
    /// <summary>Whether a subscription may start at an event of the past.</summary>
    bool IsRewindable { get; }

    /// <summary>The name of the provider.</summary>
    string ProviderName { get; }

    /// <summary>The identity of the stream.</summary>
    StreamId StreamId { get; }
}
