using System.Buffers;
using Dwapi.Edge.Gatt;
using Dwapi.Gotapi.Codes;
using Dwapi.Gotapi.Health;

namespace Dwapi.Edge.Health;

/// <summary>Temperature Measurement and Intermediate Temperature.</summary>
internal sealed class TemperatureCharacteristic(bool intermediate) : IHealthCharacteristic
{
    private static readonly HealthPart Temperature = HealthAttributes.Thermometer.FindPart("temperature")!;

    public ushort Number { get; } = intermediate ? GattNumbers.IntermediateTemperature : GattNumbers.TemperatureMeasurement;

    public string Name { get; } = intermediate ? "intermediate-temperature" : "temperature-measurement";

    public HealthAttribute Attribute => HealthAttributes.Thermometer;

    public HealthReading Decode(ReadOnlySpan<byte> payload, HealthDevice device, DateTimeOffset receivedAt, IBufferWriter<byte> output)
    {
        if (!TemperatureMeasurement.TryDecode(payload, out var measurement, out var fault))
            return HealthReading.Refused(fault);
        if (!measurement.Temperature.TryGetNumber(out var number, out var reason))
            return HealthReading.Without(Attribute, reason);

        var stamped = device.Clock.TryDate(measurement.Time, device.Reception(receivedAt), out var ahead, out var time);
        var site = TypeOf(measurement.Type ?? device.TemperatureType);
        var unit = measurement.Fahrenheit ? MdcCodes.Fahrenheit : MdcCodes.Celsius;
        using (var slice = device.BeginQuantities(output))
            slice.Write(Temperature, new Quantity(number, site, unit, time, !stamped));

        return intermediate ? device.Intermediate(this, time, stamped, ahead) : device.Measured(this, payload, time, stamped, ahead);
    }

    public IReadOnlyList<DecodedField> Describe(ReadOnlySpan<byte> payload)
    {
        if (!TemperatureMeasurement.TryDecode(payload, out var measurement, out _))
            return [];

        var value = measurement.Temperature.TryGetNumber(out var number, out var reason)
            ? $"{number} {(measurement.Fahrenheit ? MdcCodes.Fahrenheit : MdcCodes.Celsius).Text}"
            : $"no value ({reason})";
        List<DecodedField> fields = [new("temperature", value)];
        if (measurement.Time is { } time)
            fields.Add(new("time stamp", time.ToString()));
        if (measurement.Type is { } type)
            fields.Add(new("site", Enum.IsDefined(type) ? TypeOf(type).Text : $"reserved ({(byte)type})"));
        return fields;
    }

    private static MdcCode TypeOf(TemperatureType? type) => type switch
    {
        TemperatureType.Armpit => MdcCodes.AxillaryTemperature,
        TemperatureType.Body => MdcCodes.BodyTemperature,
        TemperatureType.Ear => MdcCodes.EarTemperature,
        TemperatureType.Finger => MdcCodes.FingerTemperature,
        TemperatureType.GastroIntestinalTract => MdcCodes.GastroIntestinalTemperature,
        TemperatureType.Mouth => MdcCodes.OralTemperature,
        TemperatureType.Rectum => MdcCodes.RectalTemperature,
        TemperatureType.Toe => MdcCodes.ToeTemperature,
        TemperatureType.Tympanum => MdcCodes.TympanicTemperature,
        _ => MdcCodes.Unspecified,
    };
}
