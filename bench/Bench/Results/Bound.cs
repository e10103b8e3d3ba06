using System.Globalization;

namespace Dwapi.Bench.Results;

/// <summary>A limit of the table: on the measured value itself, or on its ratio to the baseline.</summary>
/// <param name="Limit">The number.</param>
/// <param name="AtLeast">True when more is better.</param>
/// <param name="OfRatio">True when it bounds the ratio.</param>
internal sealed record Bound(double Limit, bool AtLeast, bool OfRatio)
{
    public static Bound RatioAtLeast(double limit) => new(limit, AtLeast: true, OfRatio: true);

    public static Bound RatioAtMost(double limit) => new(limit, AtLeast: false, OfRatio: true);

    public static Bound ValueAtLeast(double limit) => new(limit, AtLeast: true, OfRatio: false);

    public static Bound ValueAtMost(double limit) => new(limit, AtLeast: false, OfRatio: false);

    public bool Holds(double measured, double? ratio)
    {
        var value = OfRatio ? ratio ?? double.NaN : measured;
        return AtLeast ? value >= Limit : value <= Limit;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(AtLeast ? ">=" : "<=")} {(Limit >= 1000 ? Limit.ToString("N0", CultureInfo.InvariantCulture) : Limit.ToString("0.###", CultureInfo.InvariantCulture))}{(OfRatio ? "x" : "")}");
}
