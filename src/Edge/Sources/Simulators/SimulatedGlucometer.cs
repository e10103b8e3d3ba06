using System.Collections.Immutable;
using Dwapi.Edge.Gatt;

namespace Dwapi.Edge.Sources.Simulators;

/// <summary>
/// A glucose meter: numbered records, most of them with a context. At first it sends those it holds, as to a collector that asks for all of
/// them. Its base time is what the factory set; an offset makes the user's clock of it.
/// </summary>
internal sealed class SimulatedGlucometer : SimulatedDevice
{
    private const int Offset = 1;
    private const int Concentration = 2;
    private const int ContextFollows = 16;
    private const int Meal = 2;
    private const int LastMeal = 5;

    private readonly SimulatedWalk _milligrams;
    private readonly int _offsetMinutes;
    private int _records;

    public SimulatedGlucometer(int number, int seed)
        : base("glucometer", number, seed)
    {
        _milligrams = new SimulatedWalk(Random, 90 + (Random.NextDouble() * 50), 15, 55, 320);
        _offsetMinutes = Random.Next(-720, 721);
    }

    protected override string Model => "Glucometer";

    protected override ImmutableArray<ushort> Characteristics => [GattNumbers.GlucoseMeasurement, GattNumbers.GlucoseContext];

    protected override IEnumerable<GattValue> Measurement(DateTime time)
    {
        var number = ++_records;
        var hasContext = Random.Next(4) != 0;

        // Unlike others it cannot leave the time out, and need not: the number tells records of one second apart.
        yield return new GattBytes().U8(Offset | Concentration | (hasContext ? ContextFollows : 0)).U16(number)
            .DateTime(time.AddMinutes(-_offsetMinutes)).U16(_offsetMinutes).SFloat((int)Math.Round(_milligrams.Next()), -5)
            .U8((int)GlucoseSample.CapillaryWholeBlood | ((int)GlucoseLocation.Finger << 4)).Value(GattNumbers.GlucoseMeasurement);
        if (hasContext)
            yield return new GattBytes().U8(Meal).U16(number).U8(Random.Next(1, LastMeal + 1)).Value(GattNumbers.GlucoseContext);
    }

    protected override int Stored() => _records == 0 ? Random.Next(4, 9) : base.Stored();
}
