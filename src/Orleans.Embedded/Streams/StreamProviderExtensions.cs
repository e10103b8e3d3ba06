using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Short forms of <see cref="IStreamProvider.GetStream{T}(StreamId)"/>.</summary>
public static class StreamProviderExtensions
{
    /// <summary>The stream of this GUID without a namespace.</summary>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, Guid id) =>
        streamProvider.GetStream<T>(StreamId.Create(null, id));

    /// <summary>The stream of this GUID.</summary>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, Guid id) =>
        streamProvider.GetStream<T>(StreamId.Create(ns, id));

    /// <summary>The stream of this text without a namespace.</summary>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string id) =>
        streamProvider.GetStream<T>(StreamId.Create(null, id));

    /// <summary>The stream of this text.</summary>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, string id) =>
        streamProvider.GetStream<T>(StreamId.Create(ns, id));

    /// <summary>The stream of this number without a namespace.</summary>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, long id) =>
        streamProvider.GetStream<T>(StreamId.Create(null, id));

    /// <summary>The stream of this number.</summary>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, long id) =>
        streamProvider.GetStream<T>(StreamId.Create(ns, id));
}
