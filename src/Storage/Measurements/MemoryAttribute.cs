using Dwapi.Grains.Devices;

namespace Dwapi.Storage.Measurements;

/// <summary>What <see cref="MemoryMeasurementStore"/> keeps of one attribute.</summary>
internal sealed class MemoryAttribute(string attribute)
{
    public AttributeState Head { get; } = new(attribute);

    public SortedDictionary<long, Measurement> Rows { get; } = [];

    /// <summary>Sequences of the rows that are continuous values.</summary>
    public HashSet<long> Continuous { get; } = [];

    public HashSet<string> Identities { get; } = [];
}
