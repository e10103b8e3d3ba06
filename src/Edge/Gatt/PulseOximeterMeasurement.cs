using Dwapi.Gotapi.Quantities;

namespace Dwapi.Edge.Gatt;

/// <summary>PLX Spot-Check Measurement (0x2A5E) and PLX Continuous Measurement (0x2A5F) of the Pulse Oximeter service.</summary>
public readonly record struct PulseOximeterMeasurement
{
    private const int SensorStatusLength = 3;

    /// <summary>SpO2 in percent, possibly a special value.</summary>
    public SFloat Saturation { get; init; }

    /// <summary>Pulse rate in beats per minute, possibly a special value.</summary>
    public SFloat PulseRate { get; init; }

    /// <summary>The same with a fast response; continuous only.</summary>
    public (SFloat Saturation, SFloat PulseRate)? Fast { get; init; }

    /// <summary>The same with a slow response; continuous only.</summary>
    public (SFloat Saturation, SFloat PulseRate)? Slow { get; init; }

    /// <summary>Time stamp, if there is one and the device says that its clock is set; spot-check only.</summary>
    public GattDateTime? Time { get; init; }

    /// <summary>What the device says of the measurement, if it does.</summary>
    public PulseOximeterStatus Status { get; init; }

    /// <summary>Pulse amplitude index in percent.</summary>
    public SFloat? AmplitudeIndex { get; init; }

    /// <summary>Decodes a spot-check.</summary>
    public static bool TryDecodeSpotCheck(ReadOnlySpan<byte> payload, out PulseOximeterMeasurement measurement, out GattFault fault)
    {
        var fields = new GattPayload(payload);
        var flags = fields.U8();
        measurement = new PulseOximeterMeasurement
        {
            Saturation = fields.SFloat(),
            PulseRate = fields.SFloat(),
            Time = fields.TimeIf((flags & 1) != 0),
            Status = (PulseOximeterStatus)(fields.U16If((flags & 2) != 0) ?? 0),
        };
        fields.SkipIf((flags & 4) != 0, SensorStatusLength);
        measurement = measurement with { AmplitudeIndex = fields.SFloatIf((flags & 8) != 0) };

        // Bit 4: the device knows that its clock is not set.
        if ((flags & 16) != 0)
            measurement = measurement with { Time = null };
        return Whole(fields, ref measurement, out fault);
    }

    /// <summary>Decodes a continuous measurement.</summary>
    public static bool TryDecodeContinuous(ReadOnlySpan<byte> payload, out PulseOximeterMeasurement measurement, out GattFault fault)
    {
        var fields = new GattPayload(payload);
        var flags = fields.U8();
        measurement = new PulseOximeterMeasurement
        {
            Saturation = fields.SFloat(),
            PulseRate = fields.SFloat(),
            Fast = (flags & 1) != 0 ? (fields.SFloat(), fields.SFloat()) : null,
            Slow = (flags & 2) != 0 ? (fields.SFloat(), fields.SFloat()) : null,
            Status = (PulseOximeterStatus)(fields.U16If((flags & 4) != 0) ?? 0),
        };
        fields.SkipIf((flags & 8) != 0, SensorStatusLength);
        measurement = measurement with { AmplitudeIndex = fields.SFloatIf((flags & 16) != 0) };
        return Whole(fields, ref measurement, out fault);
    }

    private static bool Whole(in GattPayload fields, ref PulseOximeterMeasurement measurement, out GattFault fault)
    {
        fault = fields.TooShort ? GattFault.TooShort : GattFault.None;
        if (fault != GattFault.None)
            measurement = default;
        return fault == GattFault.None;
    }
}
