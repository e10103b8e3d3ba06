using System.Collections.Immutable;
using Dwapi.Edge.Gatt;

namespace Dwapi.Edge.Sources.Simulators;

/// <summary>A body composition analyzer whose measurement does not fit into one packet: the second one carries mass and height.</summary>
internal sealed class SimulatedBodyCompositionScale : SimulatedDevice
{
    private const int Stamp = 1 << 1;
    private const int User = 1 << 2;
    private const int BasalMetabolism = 1 << 3;
    private const int MusclePercentage = 1 << 4;
    private const int MuscleMass = 1 << 5;
    private const int FatFreeMass = 1 << 6;
    private const int SoftLeanMass = 1 << 7;
    private const int BodyWaterMass = 1 << 8;
    private const int Impedance = 1 << 9;
    private const int Weight = 1 << 10;
    private const int Height = 1 << 11;
    private const int MultiplePackets = 1 << 12;

    private readonly SimulatedWalk _fat;
    private readonly SimulatedWalk _mass;
    private readonly int _millimetres;

    public SimulatedBodyCompositionScale(int number, int seed)
        : base("bodycomposition", number, seed)
    {
        _millimetres = Random.Next(1550, 1950);
        _mass = new SimulatedWalk(Random, 23.5 * _millimetres * _millimetres / 1e6, 0.2, 40, 180);
        _fat = new SimulatedWalk(Random, 14 + (Random.NextDouble() * 16), 0.2, 6, 45);
    }

    protected override string Model => "BodyComposition";

    protected override ImmutableArray<ushort> Characteristics => [GattNumbers.BodyCompositionMeasurement];

    protected override IEnumerable<GattValue> Measurement(DateTime time)
    {
        var mass = _mass.Next();
        var fat = (int)Math.Round(_fat.Next() * 10);
        var free = mass * (1000 - fat) / 1000;
        var first = new GattBytes()
            .U16(MultiplePackets | User | BasalMetabolism | MusclePercentage | MuscleMass | FatFreeMass | (Stamps ? Stamp : 0)).U16(fat);
        if (Stamps)
            first.DateTime(time);

        // Basal metabolism by the fat free mass (Katch and McArdle), in kJ; about 55 % of the fat free mass is muscle.
        yield return first.U8(1).U16((int)((370 + (21.6 * free)) * 4.184)).U16((int)Math.Round(free * 0.55 / mass * 1000))
            .U16(Steps(free * 0.55)).U16(Steps(free)).Value(GattNumbers.BodyCompositionMeasurement);
        yield return new GattBytes().U16(MultiplePackets | SoftLeanMass | BodyWaterMass | Impedance | Weight | Height).U16(fat)
            .U16(Steps(free * 0.95)).U16(Steps(free * 0.73)).U16((int)((430 + (fat * 0.4)) * 10)).U16(Steps(mass)).U16(_millimetres)
            .Value(GattNumbers.BodyCompositionMeasurement);
    }

    private static int Steps(double kilograms) => (int)Math.Round(kilograms / 0.005);
}
