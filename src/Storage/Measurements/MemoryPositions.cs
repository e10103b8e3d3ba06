namespace Dwapi.Storage.Measurements;

/// <summary>What <see cref="MemoryMeasurementStore"/> keeps of one epoch of an edge.</summary>
internal sealed class MemoryPositions
{
    public long Acknowledged { get; set; }

    public SortedSet<long> Settled { get; } = [];

    public bool Contains(long position) => position != 0 && (position <= Acknowledged || Settled.Contains(position));
}
