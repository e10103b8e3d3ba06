using System.Collections.Immutable;
using Dwapi.Edge.Gatt;

namespace Dwapi.Edge.Sources.Simulators;

/// <summary>An upper arm monitor of two people: shows the pressure in its cuff on the way up and down, then the result with pulse and status.</summary>
internal sealed class SimulatedBloodPressureMonitor : SimulatedDevice
{
    private const int Unit = 0;
    private const int Stamp = 2;
    private const int Pulse = 4;
    private const int User = 8;
    private const int Status = 16;

    private readonly (SimulatedWalk Diastolic, SimulatedWalk Above, SimulatedWalk Rate)[] _users;

    public SimulatedBloodPressureMonitor(int number, int seed)
        : base("bloodpressure", number, seed) => _users = [NewUser(), NewUser()];

    protected override string Model => "BloodPressure";

    protected override ImmutableArray<ushort> Characteristics => [GattNumbers.BloodPressureMeasurement, GattNumbers.IntermediateCuffPressure];

    protected override IEnumerable<GattValue> Measurement(DateTime time)
    {
        var user = Random.Next(_users.Length);
        var diastolic = (int)Math.Round(_users[user].Diastolic.Next());
        var above = (int)Math.Round(_users[user].Above.Next());
        if (Stamps)
        {
            foreach (var pressure in Cuff(diastolic, diastolic + above))
            {
                yield return new GattBytes().U8(Unit).SFloat(pressure, 0).SFloatNaN().SFloatNaN()
                    .Value(GattNumbers.IntermediateCuffPressure);
            }
        }

        var payload = new GattBytes().U8(Unit | Pulse | User | Status | (Stamps ? Stamp : 0))
            .SFloat(diastolic + above, 0).SFloat(diastolic, 0).SFloat(diastolic + (above / 3), 0);
        if (Stamps)
            payload.DateTime(time);
        yield return payload.SFloat((int)Math.Round(_users[user].Rate.Next()), 0).U8(user + 1).U16((int)Remark())
            .Value(GattNumbers.BloodPressureMeasurement);
    }

    // Up beyond the systolic pressure, then slowly down until the pulse is gone.
    private static int[] Cuff(int diastolic, int systolic) =>
        [systolic / 3, systolic * 2 / 3, systolic + 30, systolic + 5, (systolic + diastolic) / 2, diastolic - 10];

    // People talk and move, and some hearts skip a beat.
    private BloodPressureStatus Remark() => Random.Next(40) switch
    {
        0 => BloodPressureStatus.BodyMovement,
        1 => BloodPressureStatus.IrregularPulse,
        _ => BloodPressureStatus.None,
    };

    private (SimulatedWalk Diastolic, SimulatedWalk Above, SimulatedWalk Rate) NewUser() => (
        new SimulatedWalk(Random, 68 + (Random.NextDouble() * 18), 2.5, 45, 120),
        new SimulatedWalk(Random, 38 + (Random.NextDouble() * 16), 2.5, 25, 75),
        new SimulatedWalk(Random, 58 + (Random.NextDouble() * 24), 2.5, 45, 140));
}
