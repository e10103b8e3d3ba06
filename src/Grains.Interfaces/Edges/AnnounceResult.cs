using System.Collections.Immutable;

namespace Dwapi.Grains.Edges;

/// <summary>What became of an announcement.</summary>
/// <param name="Refused">Services that were not taken; the others are.</param>
/// <param name="Reason">Why the first of them was not; "" when all were taken.</param>
/// <param name="Refusals">Each of them with its own reason; the default from a release that had one reason, the quota, for all.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.AnnounceResult")]
public sealed record AnnounceResult(
    [property: Id(0)] ImmutableArray<string> Refused,
    [property: Id(1)] string Reason,
    [property: Id(2)] ImmutableArray<RefusedService> Refusals)
{
    /// <summary>The result of these refusals.</summary>
    public static AnnounceResult Of(ImmutableArray<RefusedService> refusals) =>
        new([.. refusals.Select(refusal => refusal.ServiceId)], refusals.IsEmpty ? "" : refusals[0].Reason, refusals);
}
