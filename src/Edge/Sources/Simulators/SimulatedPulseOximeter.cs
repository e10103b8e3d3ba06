using System.Collections.Immutable;
using Dwapi.Edge.Gatt;

namespace Dwapi.Edge.Sources.Simulators;

/// <summary>A finger clip: measures on and on, with fast and slow averages beside the normal one; now and then somebody takes a spot check.</summary>
internal sealed class SimulatedPulseOximeter : SimulatedDevice
{
    private const int Fast = 1;
    private const int Slow = 2;
    private const int ContinuousStatus = 4;
    private const int ContinuousIndex = 16;
    private const int SpotCheckStamp = 1;
    private const int SpotCheckStatus = 2;
    private const int SpotCheckIndex = 8;

    private readonly SimulatedWalk _saturation;
    private readonly SimulatedWalk _rate;
    private readonly SimulatedWalk _index;
    private (double Saturation, double Rate) _normal;
    private (double Saturation, double Rate) _slow;

    public SimulatedPulseOximeter(int number, int seed)
        : base("pulseoximeter", number, seed)
    {
        _saturation = new SimulatedWalk(Random, 95.5 + (Random.NextDouble() * 3), 0.3, 86, 100);
        _rate = new SimulatedWalk(Random, 58 + (Random.NextDouble() * 24), 2, 42, 160);
        _index = new SimulatedWalk(Random, 2 + (Random.NextDouble() * 6), 0.3, 0.3, 15);
        _normal = _slow = (_saturation.Next(), _rate.Next());
    }

    protected override string Model => "PulseOximeter";

    protected override ImmutableArray<ushort> Characteristics => [GattNumbers.PulseOximeterContinuous, GattNumbers.PulseOximeterSpotCheck];

    protected override IEnumerable<GattValue> Measurement(DateTime time)
    {
        var now = (_saturation.Next(), _rate.Next());
        _normal = Towards(_normal, now, 4);
        _slow = Towards(_slow, now, 16);
        var index = (int)Math.Round(_index.Next() * 100);

        // The hand moves once in a while.
        var status = PulseOximeterStatus.Ongoing
            | (Random.Next(60) == 0 ? PulseOximeterStatus.Questionable : PulseOximeterStatus.FullyQualified);
        var continuous = new GattBytes().U8(Fast | Slow | ContinuousStatus | ContinuousIndex);
        Write(continuous, _normal);
        Write(continuous, now);
        Write(continuous, _slow);
        yield return continuous.U16((int)status).SFloat(index, -2).Value(GattNumbers.PulseOximeterContinuous);
        if (Random.Next(30) != 0)
            yield break;

        var check = new GattBytes().U8(SpotCheckStatus | SpotCheckIndex | (Stamps ? SpotCheckStamp : 0));
        Write(check, _normal);
        if (Stamps)
            check.DateTime(time);
        yield return check.U16((int)PulseOximeterStatus.Validated).SFloat(index, -2).Value(GattNumbers.PulseOximeterSpotCheck);
    }

    protected override int Stored() => 0;

    private static (double Saturation, double Rate) Towards((double Saturation, double Rate) from, (double Saturation, double Rate) to, int steps) =>
        (from.Saturation + ((to.Saturation - from.Saturation) / steps), from.Rate + ((to.Rate - from.Rate) / steps));

    private static void Write(GattBytes bytes, (double Saturation, double Rate) values) =>
        bytes.SFloat((int)Math.Round(values.Saturation * 10), -1).SFloat((int)Math.Round(values.Rate), 0);
}
