using Orleans.Streams;

namespace Orleans;

/// <summary>Streams for code outside the grains.</summary>
public static class ClientStreamingExtensions
{
    /// <summary>The stream provider of this name.</summary>
    public static IStreamProvider GetStreamProvider(this IClusterClient client, string name)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Dwapi.Actors.Runtime.MemoryStreams.Find(client.ServiceProvider, name);
    }
}
