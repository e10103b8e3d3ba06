using Dwapi.Gotapi.Quantities;

namespace Dwapi.Edge.Gatt;

/// <summary>Raw integers of the scales as decimal numbers: the exponent is that of the step (ble-health 1.1).</summary>
public static class GattSteps
{
    /// <summary>The measurement was unsuccessful.</summary>
    public const ushort Unsuccessful = 0xFFFF;

    /// <summary>A mass: steps of 0.005 kg or 0.01 lb.</summary>
    public static DecimalNumber Mass(ushort raw, bool imperial) => imperial ? new DecimalNumber(raw, -2) : new DecimalNumber(raw * 5, -3);

    /// <summary>A height: steps of 0.001 m or 0.1 inch.</summary>
    public static DecimalNumber Height(ushort raw, bool imperial) => new(raw, imperial ? (sbyte)-1 : (sbyte)-3);

    /// <summary>Percent, body mass index, ohm: steps of 0.1.</summary>
    public static DecimalNumber Tenths(ushort raw) => new(raw, -1);

    /// <summary>Kilojoules stated in joules: no kilojoule code is certain (ble-health 3).</summary>
    public static DecimalNumber Kilojoules(ushort raw) => new(raw, 3);

    /// <summary>An RR interval of 1/1024 s in tenths of a millisecond: the coarsest step that keeps neighbours apart.</summary>
    public static DecimalNumber RrInterval(ushort raw)
    {
        var tenths = Math.DivRem(raw * 10_000, 1024, out var rest);
        return new DecimalNumber(tenths + (rest > 512 || (rest == 512 && (tenths & 1) != 0) ? 1 : 0), -1);
    }
}
