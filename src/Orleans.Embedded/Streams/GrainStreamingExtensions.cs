using Orleans.Streams;

namespace Orleans;

/// <summary>Streams for grains.</summary>
public static class GrainStreamingExtensions
{
    /// <summary>The stream provider of this name.</summary>
    /// <exception cref="ArgumentNullException">The name is blank.</exception>
    public static IStreamProvider GetStreamProvider(this Grain grain, string name) => ((IGrainBase)grain).GetStreamProvider(name);

    /// <inheritdoc cref="GetStreamProvider(Grain, string)" />
    public static IStreamProvider GetStreamProvider(this IGrainBase grain, string name)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return Dwapi.Actors.Runtime.MemoryStreams.Find(grain.GrainContext.ActivationServices, name);
    }
}
