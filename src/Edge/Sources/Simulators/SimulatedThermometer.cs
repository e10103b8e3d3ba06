using System.Collections.Immutable;
using Dwapi.Edge.Gatt;

namespace Dwapi.Edge.Sources.Simulators;

/// <summary>An ear thermometer with a resolution of 0.1 degrees; shows two unstable values before each result.</summary>
internal sealed class SimulatedThermometer : SimulatedDevice
{
    private const int Unit = 0;
    private const int Stamp = 2;
    private const int Type = 4;
    private const int Tympanum = 9;

    private readonly SimulatedWalk _temperature;

    public SimulatedThermometer(int number, int seed)
        : base("thermometer", number, seed) => _temperature = new SimulatedWalk(Random, 36.4 + (Random.NextDouble() * 1.6), 0.15, 35.5, 40.5);

    protected override string Model => "Thermometer";

    protected override ImmutableArray<ushort> Characteristics => [GattNumbers.TemperatureMeasurement, GattNumbers.IntermediateTemperature];

    protected override IEnumerable<GattValue> Measurement(DateTime time)
    {
        var tenths = (int)Math.Round(_temperature.Next() * 10);
        if (Stamps)
        {
            yield return new GattBytes().U8(Unit).Float(tenths - 12, -1).Value(GattNumbers.IntermediateTemperature);
            yield return new GattBytes().U8(Unit).Float(tenths - 3, -1).Value(GattNumbers.IntermediateTemperature);
        }

        var payload = new GattBytes().U8(Unit | Type | (Stamps ? Stamp : 0)).Float(tenths, -1);
        if (Stamps)
            payload.DateTime(time);
        yield return payload.U8(Tympanum).Value(GattNumbers.TemperatureMeasurement);
    }
}
