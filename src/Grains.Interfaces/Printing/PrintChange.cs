namespace Dwapi.Grains.Printing;

/// <summary>What a job tells its printer.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Entry">Its entry of the queue, UTF-8 JSON.</param>
/// <param name="TouchedBed">Something of it may lie on the bed.</param>
/// <param name="Turn">The last turn of the printer that it took.</param>
/// <param name="Open">It has ended, and something is still to be told to its edge or its content server: the printer reminds it.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.PrintChange")]
public sealed record PrintChange(
    [property: Id(0)] string JobId,
    [property: Id(1)] ReadOnlyMemory<byte> Entry,
    [property: Id(2)] bool TouchedBed,
    [property: Id(3)] long Turn,
    [property: Id(4)] bool Open);
