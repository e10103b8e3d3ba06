using System.Collections.Immutable;
using Dwapi.Edge.Gatt;

namespace Dwapi.Edge.Sources.Simulators;

/// <summary>A weight scale with a resolution of 0.05 kg, two users, body mass index and height.</summary>
internal sealed class SimulatedWeightScale : SimulatedDevice
{
    private const int Stamp = 2;
    private const int User = 4;
    private const int BodyMassIndexAndHeight = 8;

    private readonly (SimulatedWalk Mass, int Millimetres)[] _users;

    public SimulatedWeightScale(int number, int seed)
        : base("scale", number, seed) => _users = [NewUser(), NewUser()];

    protected override string Model => "Scale";

    protected override ImmutableArray<ushort> Characteristics => [GattNumbers.WeightMeasurement];

    protected override IEnumerable<GattValue> Measurement(DateTime time)
    {
        var user = Random.Next(_users.Length);
        var (walk, millimetres) = _users[user];
        var steps = (int)Math.Round(walk.Next() / 0.05) * 10;
        var kilograms = steps * 0.005;
        var index = (int)Math.Round(kilograms / (millimetres * millimetres / 1e6) * 10);
        var payload = new GattBytes().U8(User | BodyMassIndexAndHeight | (Stamps ? Stamp : 0)).U16(steps);
        if (Stamps)
            payload.DateTime(time);
        yield return payload.U8(user + 1).U16(index).U16(millimetres).Value(GattNumbers.WeightMeasurement);
    }

    private (SimulatedWalk Mass, int Millimetres) NewUser()
    {
        var millimetres = Random.Next(1550, 1950);
        var healthy = (20 + (Random.NextDouble() * 8)) * millimetres * millimetres / 1e6;
        return (new SimulatedWalk(Random, healthy, 0.2, 35, 180), millimetres);
    }
}
