using System.Collections.Immutable;
using System.Globalization;
using Dwapi.Edge.Gatt;

namespace Dwapi.Edge.Sources.Simulators;

/// <summary>A simulated device: real GATT bytes, which run through the real decoders. The same seed gives the same bytes.</summary>
internal abstract class SimulatedDevice
{
    private readonly int _number;
    private readonly int _clockError;
    private int _battery;

    /// <param name="kind">Word of its service id.</param>
    /// <param name="number">From 1; tells it from others of its kind.</param>
    /// <param name="seed">Seed of all its randomness.</param>
    protected SimulatedDevice(string kind, int number, int seed)
    {
        _number = number;
        var mixed = seed;
        foreach (var letter in kind)
            mixed = unchecked((mixed * 31) + letter);
        Random = new Random(unchecked((mixed * 7919) + number));
        ServiceId = string.Create(CultureInfo.InvariantCulture, $"sim-{kind}-{number}");
        _clockError = Random.Next(-300, 300);
        _battery = Random.Next(40, 101);
    }

    public string ServiceId { get; }

    /// <summary>How often it measures.</summary>
    public TimeSpan Interval { get; set; }

    public SourceDevice Announcement => new(ServiceId, $"Simulated {Model} {_number}", Characteristics);

    protected Random Random { get; }

    protected abstract string Model { get; }

    protected abstract ImmutableArray<ushort> Characteristics { get; }

    /// <summary>
    /// Stamps have whole seconds: two equal values in one second would be one and the same measurement, so a device that measures
    /// faster than that sends none.
    /// </summary>
    protected bool Stamps => Interval >= TimeSpan.FromSeconds(1);

    /// <summary>What a connector reads after connecting: device information, battery, clock.</summary>
    public virtual IEnumerable<GattValue> Connect(DateTimeOffset now)
    {
        yield return new GattBytes().Text("Dwapi").Value(GattNumbers.ManufacturerName);
        yield return new GattBytes().Text(Model).Value(GattNumbers.ModelNumber);
        yield return new GattBytes().Text(string.Create(CultureInfo.InvariantCulture, $"SIM{_number:D6}")).Value(GattNumbers.SerialNumber);
        yield return new GattBytes().Text("1.0").Value(GattNumbers.FirmwareRevision);
        yield return new GattBytes().U16(_number).U8(0).U8(0xFE).U8(0xFF).U8(0x01).U8(0x02).U8(0x03).Value(GattNumbers.SystemId);
        yield return Battery();
        var time = Clock(now);
        yield return new GattBytes().DateTime(time).U8(time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek).U8(0).U8(0)
            .Value(GattNumbers.CurrentTime);
    }

    /// <summary>The values of the next measurement, in the order in which they are sent.</summary>
    public IEnumerable<GattValue> Measure(DateTimeOffset now)
    {
        // What it stored meanwhile goes before the new one, oldest first, and without the values on the way there.
        for (var ago = Stamps ? Stored() : 0; ago > 0; ago--)
        {
            foreach (var value in Measurement(Clock(now) - (Interval * ago) - TimeSpan.FromHours(1)).Where(value => !IsIntermediate(value)))
                yield return value;
        }

        foreach (var value in Measurement(Clock(now)))
            yield return value;
        if (Random.Next(200) == 0 && _battery > 5)
        {
            _battery--;
            yield return Battery();
        }
    }

    /// <summary>How many measurements it stored since the last round: it is away for a while now and then.</summary>
    protected virtual int Stored() => Random.Next(25) == 0 ? Random.Next(2, 6) : 0;

    /// <summary>One measurement.</summary>
    /// <param name="time">The device's own clock.</param>
    protected abstract IEnumerable<GattValue> Measurement(DateTime time);

    private static bool IsIntermediate(GattValue value) =>
        value.Characteristic is GattNumbers.IntermediateTemperature or GattNumbers.IntermediateCuffPressure;

    // The device's wall clock is some minutes off, as they are; the reading of its clock lets the edge correct it.
    private DateTime Clock(DateTimeOffset now) => now.UtcDateTime.AddSeconds(_clockError);

    private GattValue Battery() => new GattBytes().U8(_battery).Value(GattNumbers.BatteryLevel);
}
