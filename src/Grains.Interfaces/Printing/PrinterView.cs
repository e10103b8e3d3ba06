namespace Dwapi.Grains.Printing;

/// <summary>A printer's queue and bed.</summary>
/// <param name="Queue">The queue as a UTF-8 JSON array.</param>
/// <param name="JobId">The job that has the turn; "" for none.</param>
/// <param name="BedCleared">False until a person confirms that the last part was removed.</param>
/// <param name="ClearsItself">The printer clears its bed itself.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.PrinterView")]
public sealed record PrinterView(
    [property: Id(0)] ReadOnlyMemory<byte> Queue,
    [property: Id(1)] string JobId,
    [property: Id(2)] bool BedCleared,
    [property: Id(3)] bool ClearsItself);
