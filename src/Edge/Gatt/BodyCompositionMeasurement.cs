namespace Dwapi.Edge.Gatt;

/// <summary>
/// Body Composition Measurement (0x2A9C), one packet of it if <see cref="MultiplePackets"/>; numbers in the steps of
/// <see cref="GattSteps"/>. Join packets with <see cref="BodyCompositionJoiner"/>.
/// </summary>
public readonly record struct BodyCompositionMeasurement
{
    /// <summary>Body fat in steps of 0.1 %; <see cref="GattSteps.Unsuccessful"/> if the measurement failed.</summary>
    public ushort BodyFat { get; init; }

    /// <summary>True: pounds and inches.</summary>
    public bool Imperial { get; init; }

    /// <summary>True: the measurement is split over consecutive indications.</summary>
    public bool MultiplePackets { get; init; }

    /// <summary>Time stamp, if there is one.</summary>
    public GattDateTime? Time { get; init; }

    /// <summary>User index, 255 unknown.</summary>
    public byte? User { get; init; }

    /// <summary>Basal metabolism in kJ.</summary>
    public ushort? BasalMetabolism { get; init; }

    /// <summary>Muscle percentage in steps of 0.1 %.</summary>
    public ushort? MusclePercentage { get; init; }

    /// <summary>Muscle mass.</summary>
    public ushort? MuscleMass { get; init; }

    /// <summary>Fat free mass.</summary>
    public ushort? FatFreeMass { get; init; }

    /// <summary>Soft lean mass.</summary>
    public ushort? SoftLeanMass { get; init; }

    /// <summary>Body water mass.</summary>
    public ushort? BodyWaterMass { get; init; }

    /// <summary>Impedance in steps of 0.1 ohm.</summary>
    public ushort? Impedance { get; init; }

    /// <summary>Weight.</summary>
    public ushort? Weight { get; init; }

    /// <summary>Height.</summary>
    public ushort? Height { get; init; }

    /// <summary>Decodes the characteristic.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> payload, out BodyCompositionMeasurement measurement, out GattFault fault)
    {
        measurement = default;
        if (MiBodyCompositionScale.IsItsLayout(payload))
        {
            fault = GattFault.MiPrivateLayout;
            return false;
        }

        var fields = new GattPayload(payload);
        var flags = fields.U16();
        var decoded = new BodyCompositionMeasurement
        {
            BodyFat = fields.U16(),
            Imperial = (flags & 1) != 0,
            MultiplePackets = (flags & (1 << 12)) != 0,
            Time = fields.TimeIf((flags & (1 << 1)) != 0),
            User = fields.U8If((flags & (1 << 2)) != 0),
            BasalMetabolism = fields.U16If((flags & (1 << 3)) != 0),
            MusclePercentage = fields.U16If((flags & (1 << 4)) != 0),
            MuscleMass = fields.U16If((flags & (1 << 5)) != 0),
            FatFreeMass = fields.U16If((flags & (1 << 6)) != 0),
            SoftLeanMass = fields.U16If((flags & (1 << 7)) != 0),
            BodyWaterMass = fields.U16If((flags & (1 << 8)) != 0),
            Impedance = fields.U16If((flags & (1 << 9)) != 0),
            Weight = fields.U16If((flags & (1 << 10)) != 0),
            Height = fields.U16If((flags & (1 << 11)) != 0),
        };
        fault = fields.TooShort ? GattFault.TooShort : GattFault.None;
        if (fault == GattFault.None)
            measurement = decoded;
        return fault == GattFault.None;
    }
}
