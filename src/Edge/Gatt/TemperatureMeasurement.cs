using Dwapi.Gotapi.Quantities;

namespace Dwapi.Edge.Gatt;

/// <summary>Temperature Measurement (0x2A1C) and Intermediate Temperature (0x2A1E) of the Health Thermometer service.</summary>
/// <param name="Temperature">The FLOAT, possibly a special value.</param>
/// <param name="Fahrenheit">False: degrees Celsius.</param>
/// <param name="Time">Time stamp, if there is one.</param>
/// <param name="Type">Measurement site, if it is stated here.</param>
public readonly record struct TemperatureMeasurement(MderFloat Temperature, bool Fahrenheit, GattDateTime? Time, TemperatureType? Type)
{
    /// <summary>Decodes the characteristic.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> payload, out TemperatureMeasurement measurement, out GattFault fault)
    {
        var fields = new GattPayload(payload);
        var flags = fields.U8();
        measurement = new TemperatureMeasurement(
            new MderFloat(fields.U32()), (flags & 1) != 0, fields.TimeIf((flags & 2) != 0), (TemperatureType?)fields.U8If((flags & 4) != 0));
        fault = fields.TooShort ? GattFault.TooShort : GattFault.None;
        if (fault != GattFault.None)
            measurement = default;
        return fault == GattFault.None;
    }
}
