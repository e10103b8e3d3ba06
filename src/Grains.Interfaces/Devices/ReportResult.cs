using System.Collections.Immutable;

namespace Dwapi.Grains.Devices;

/// <summary>What became of each item of a <see cref="ReportBatch"/>, in its order.</summary>
/// <param name="Outcomes">One per item.</param>
/// <param name="ErrorCode">GotAPI error of the refused items, or why items are to be repeated only after a while; else 0.</param>
/// <param name="ErrorMessage">Why, and what to do; "" when the code is 0.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.ReportResult")]
public sealed record ReportResult(
    [property: Id(0)] ImmutableArray<ReportOutcome> Outcomes,
    [property: Id(1)] int ErrorCode,
    [property: Id(2)] string ErrorMessage);
