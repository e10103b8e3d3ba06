using System.Collections.Immutable;
using Dwapi.Edge.Gatt;

namespace Dwapi.Edge.Sources.Simulators;

/// <summary>A chest strap: rate, skin contact, energy in every tenth notification, the RR intervals since the one before.</summary>
internal sealed class SimulatedHeartRateMonitor : SimulatedDevice
{
    private const int NoContact = 4;
    private const int Contact = 6;
    private const int Energy = 8;
    private const int RrIntervals = 16;

    private readonly SimulatedWalk _rate;
    private double _kilojoules;
    private int _notifications;
    private double _beats;

    public SimulatedHeartRateMonitor(int number, int seed)
        : base("heart", number, seed) => _rate = new SimulatedWalk(Random, 58 + (Random.NextDouble() * 24), 2.5, 42, 185);

    protected override string Model => "HeartRate";

    protected override ImmutableArray<ushort> Characteristics => [GattNumbers.HeartRateMeasurement];

    public override IEnumerable<GattValue> Connect(DateTimeOffset now)
    {
        const int chest = 1;
        return base.Connect(now).Append(new GattBytes().U8(chest).Value(GattNumbers.BodySensorLocation));
    }

    protected override int Stored() => 0;

    protected override IEnumerable<GattValue> Measurement(DateTime time)
    {
        var rate = _rate.Next();
        _kilojoules = Math.Min(65535, _kilojoules + (rate / 60 * 0.25));
        _beats += rate / 60 * Math.Clamp(Interval.TotalSeconds, 0.1, 3);

        // A strap slips once in a while; without contact it knows neither beats nor energy.
        var contact = Random.Next(60) != 0;
        var energy = contact && ++_notifications % 10 == 0;
        var flags = contact ? Contact | (energy ? Energy : 0) | (_beats >= 1 ? RrIntervals : 0) : NoContact;
        var payload = new GattBytes().U8(flags).U8((int)Math.Round(rate));
        if (energy)
            payload.U16((int)_kilojoules);
        for (; _beats >= 1; _beats--)
        {
            // The heart is no clock: intervals vary by a few hundredths around the mean.
            var rr = 60 / rate * (1 + ((Random.NextDouble() - 0.5) * 0.06));
            if (contact)
                payload.U16((int)Math.Round(rr * 1024));
        }

        yield return payload.Value(GattNumbers.HeartRateMeasurement);
    }
}
