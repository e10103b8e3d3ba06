using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Gives access to the streams of one provider.</summary>
public interface IStreamProvider
{
    /// <summary>The name of the provider.</summary>
    string Name { get; }

    /// <summary>Whether a subscription may start at an event of the past.</summary>
    bool IsRewindable { get; }

    /// <summary>The stream of this identity; it exists as soon as somebody uses it.</summary>
    IAsyncStream<T> GetStream<T>(StreamId streamId);
}
