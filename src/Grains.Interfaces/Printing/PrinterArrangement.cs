namespace Dwapi.Grains.Printing;

/// <summary>What a person arranges at a printer.</summary>
/// <param name="Kind">What.</param>
/// <param name="JobId">The job that it is about; "" for none.</param>
/// <param name="Number">Place in the queue from 1, priority, or 1 and 0 for yes and no.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.PrinterArrangement")]
public sealed record PrinterArrangement(
    [property: Id(0)] PrinterArrangementKind Kind,
    [property: Id(1)] string JobId,
    [property: Id(2)] int Number);
