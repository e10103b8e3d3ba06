using System.Buffers;
using System.Text.Json;
using Dwapi.Edge.Gatt;
using Dwapi.Gotapi.Codes;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Quantities;
using Dwapi.Gotapi.Time;

namespace Dwapi.Edge.Health;

/// <summary>PLX Spot-Check Measurement and PLX Continuous Measurement.</summary>
internal sealed class PulseOximeterCharacteristic(bool continuous) : IHealthCharacteristic
{
    private static readonly HealthPart Saturation = HealthAttributes.PulseOximeter.FindPart("spo2")!;
    private static readonly HealthPart Pulse = HealthAttributes.PulseOximeter.FindPart("pulseRate")!;
    private static readonly HealthPart Perfusion = HealthAttributes.PulseOximeter.FindPart("perfusionIndex")!;
    private static readonly (HealthPart Saturation, HealthPart Pulse) Fast =
        (HealthAttributes.PulseOximeter.FindPart("spo2Fast")!, HealthAttributes.PulseOximeter.FindPart("pulseRateFast")!);

    private static readonly (HealthPart Saturation, HealthPart Pulse) Slow =
        (HealthAttributes.PulseOximeter.FindPart("spo2Slow")!, HealthAttributes.PulseOximeter.FindPart("pulseRateSlow")!);

    private static readonly JsonEncodedText Questionable = JsonEncodedText.Encode("questionable");

    public ushort Number { get; } = continuous ? GattNumbers.PulseOximeterContinuous : GattNumbers.PulseOximeterSpotCheck;

    public string Name { get; } = continuous ? "plx-continuous-measurement" : "plx-spot-check-measurement";

    public HealthAttribute Attribute => HealthAttributes.PulseOximeter;

    public HealthReading Decode(ReadOnlySpan<byte> payload, HealthDevice device, DateTimeOffset receivedAt, IBufferWriter<byte> output)
    {
        if (!TryDecode(payload, out var measurement, out var fault))
            return HealthReading.Refused(fault);
        if (!measurement.Saturation.TryGetNumber(out var saturation, out var reason) || !measurement.PulseRate.TryGetNumber(out var pulse, out reason))
            return HealthReading.Without(Attribute, reason);
        if ((measurement.Status & PulseOximeterStatus.NoMeasurement) != 0)
            return HealthReading.Without(Attribute);

        var stamped = device.Clock.TryDate(measurement.Time, device.Reception(receivedAt), out var ahead, out var time);
        using (var slice = device.BeginQuantities(output))
        {
            Write(slice, (Saturation, Pulse), saturation, pulse, time, !stamped);
            Write(slice, Fast, measurement.Fast, time, !stamped);
            Write(slice, Slow, measurement.Slow, time, !stamped);
            if (measurement.AmplitudeIndex is { } index && index.TryGetNumber(out var perfusion, out _))
                slice.Write(Perfusion, new Quantity(perfusion, MdcCodes.PerfusionIndex, MdcCodes.Percent, time, !stamped));
            if (measurement.Status.HasFlag(PulseOximeterStatus.Questionable))
                slice.WriteFlag(Questionable, true);
        }

        return device.Measured(this, payload, time, stamped, ahead) with { Continuous = continuous };
    }

    public IReadOnlyList<DecodedField> Describe(ReadOnlySpan<byte> payload)
    {
        if (!TryDecode(payload, out var measurement, out _))
            return [];
        List<DecodedField> fields = [];
        Add("", (measurement.Saturation, measurement.PulseRate));
        Add(" (fast)", measurement.Fast);
        Add(" (slow)", measurement.Slow);
        if (measurement.Time is { } time)
            fields.Add(new("time stamp", time.ToString()));
        if (measurement.Status != PulseOximeterStatus.None)
            fields.Add(new("status", $"{measurement.Status}"));
        if (measurement.AmplitudeIndex is { } index)
            fields.Add(DecodedField.Of("pulse amplitude index", index, MdcCodes.Percent.Text));
        return fields;

        void Add(string which, (SFloat Saturation, SFloat PulseRate)? pair)
        {
            if (pair is not { } values)
                return;
            fields.Add(DecodedField.Of($"SpO2{which}", values.Saturation, MdcCodes.Percent.Text));
            fields.Add(DecodedField.Of($"pulse rate{which}", values.PulseRate, MdcCodes.BeatsPerMinute.Text));
        }
    }

    private static void Write(
        QuantitiesWriter slice, (HealthPart Saturation, HealthPart Pulse) parts, (SFloat Saturation, SFloat PulseRate)? pair, TimeStamp time, bool byPlugIn)
    {
        if (pair is { } values && values.Saturation.TryGetNumber(out var saturation, out _) && values.PulseRate.TryGetNumber(out var pulse, out _))
            Write(slice, parts, saturation, pulse, time, byPlugIn);
    }

    private static void Write(
        QuantitiesWriter slice, (HealthPart Saturation, HealthPart Pulse) parts, DecimalNumber saturation, DecimalNumber pulse, TimeStamp time, bool byPlugIn)
    {
        slice.Write(parts.Saturation, new Quantity(saturation, MdcCodes.OxygenSaturation, MdcCodes.Percent, time, byPlugIn));
        slice.Write(parts.Pulse, new Quantity(pulse, MdcCodes.OximeterPulseRate, MdcCodes.BeatsPerMinute, time, byPlugIn));
    }

    private bool TryDecode(ReadOnlySpan<byte> payload, out PulseOximeterMeasurement measurement, out GattFault fault) => continuous
        ? PulseOximeterMeasurement.TryDecodeContinuous(payload, out measurement, out fault)
        : PulseOximeterMeasurement.TryDecodeSpotCheck(payload, out measurement, out fault);
}
