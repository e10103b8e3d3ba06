namespace Dwapi.Grains.Devices;

/// <summary>What a one-shot request needs, in one answer. The grain keeps it ready made.</summary>
/// <param name="Registration">Null when no such service exists (error 6).</param>
/// <param name="Latest">Null when there is no result yet (error 16).</param>
/// <param name="Head">The highest sequence of the attribute; 0 when there is none.</param>
/// <param name="Epoch">Epoch of the store that gave the sequences; the first half of a cursor.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.OneShot")]
public sealed record OneShot(
    [property: Id(0)] ServiceRegistration? Registration,
    [property: Id(1)] Measurement? Latest,
    [property: Id(2)] long Head,
    [property: Id(3)] string Epoch);
