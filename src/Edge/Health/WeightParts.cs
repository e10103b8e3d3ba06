using Dwapi.Edge.Gatt;
using Dwapi.Gotapi.Codes;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Quantities;
using Dwapi.Gotapi.Time;

namespace Dwapi.Edge.Health;

/// <summary>
/// Writes the parts of a weight object. A field that is absent or says FFFF leaves no key (DECISIONS 18).
/// </summary>
internal readonly ref struct WeightParts(QuantitiesWriter slice, bool imperial, TimeStamp time, bool byPlugIn)
{
    private static readonly HealthPart Mass = Part("bodyMass");
    private static readonly HealthPart Length = Part("bodyLength");
    private static readonly HealthPart Index = Part("bmi");
    private static readonly HealthPart Fat = Part("bodyFat");
    private static readonly HealthPart FatFree = Part("fatFreeMass");
    private static readonly HealthPart SoftLean = Part("softLeanMass");
    private static readonly HealthPart Water = Part("bodyWater");
    private static readonly HealthPart Muscle = Part("muscleMass");
    private static readonly HealthPart MuscleShare = Part("musclePercentage");
    private static readonly HealthPart Metabolism = Part("basalMetabolism");
    private static readonly HealthPart Resistance = Part("impedance");

    private readonly QuantitiesWriter _slice = slice;
    private readonly bool _imperial = imperial;
    private readonly TimeStamp _time = time;
    private readonly bool _byPlugIn = byPlugIn;

    public Quantity BodyMass(ushort raw)
    {
        var quantity = new Quantity(GattSteps.Mass(raw, _imperial), Mass.Types[0], _imperial ? MdcCodes.Pound : MdcCodes.Kilogram, _time, _byPlugIn);
        _slice.Write(Mass, quantity);
        return quantity;
    }

    /// <summary>The mass of the same weighing that another characteristic brought: one measurement has one time.</summary>
    public void BodyMass(in Quantity quantity) => _slice.Write(Mass, new Quantity(quantity.Value, quantity.Type, quantity.Unit, _time, _byPlugIn));

    public void BodyLength(ushort? raw)
    {
        if (Has(raw))
            Write(Length, GattSteps.Height(raw!.Value, _imperial), _imperial ? MdcCodes.Inch : MdcCodes.Metre);
    }

    public void BodyMassIndex(ushort? raw) => Tenths(Index, raw, MdcCodes.KilogramPerSquareMetre);

    /// <summary>Everything of a body composition but mass and height.</summary>
    public void Composition(in BodyCompositionMeasurement measurement)
    {
        Tenths(Fat, measurement.BodyFat, MdcCodes.Percent);
        Masses(FatFree, measurement.FatFreeMass, measurement.Imperial);
        Masses(SoftLean, measurement.SoftLeanMass, measurement.Imperial);
        Masses(Water, measurement.BodyWaterMass, measurement.Imperial);
        Masses(Muscle, measurement.MuscleMass, measurement.Imperial);
        Tenths(MuscleShare, measurement.MusclePercentage, MdcCodes.Percent);
        if (Has(measurement.BasalMetabolism))
            Write(Metabolism, GattSteps.Kilojoules(measurement.BasalMetabolism!.Value), MdcCodes.Joule);
        Tenths(Resistance, measurement.Impedance, MdcCodes.Ohm);
    }

    private static HealthPart Part(string name) => HealthAttributes.Weight.FindPart(name)!;

    private static bool Has(ushort? raw) => raw is not null and not GattSteps.Unsuccessful;

    private void Tenths(HealthPart part, ushort? raw, MdcCode unit)
    {
        if (Has(raw))
            Write(part, GattSteps.Tenths(raw!.Value), unit);
    }

    // Not the scale's own flag: the composition may come from the other service.
    private void Masses(HealthPart part, ushort? raw, bool imperial)
    {
        if (Has(raw))
            Write(part, GattSteps.Mass(raw!.Value, imperial), imperial ? MdcCodes.Pound : MdcCodes.Kilogram);
    }

    private void Write(HealthPart part, DecimalNumber number, MdcCode unit) =>
        _slice.Write(part, new Quantity(number, part.Types[0], unit, _time, _byPlugIn));
}
