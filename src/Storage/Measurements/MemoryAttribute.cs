using Dwapi.Grains.Devices;

namespace Dwapi.Storage.Measurements;

/// <summary>What <see cref="MemoryMeasurementStore"/> keeps of one attribute.</summary>
internal sealed class MemoryAttribute(string attribute)
{
    public AttributeState Head { get; } = new(attribute);

    public SortedDictionary<long, Measurement> Rows { get; } = [];

    public HashSet<string> Identities { get; } = [];
}
