namespace Dwapi.Bench.Servers;

/// <summary>Memory of a server after a full, compacting collection.</summary>
/// <param name="Heap">Bytes alive on the GC heap.</param>
/// <param name="WorkingSet">Bytes resident.</param>
/// <param name="Allocated">Bytes allocated since the start.</param>
internal readonly record struct Memory(long Heap, long WorkingSet, long Allocated);
