using System.Buffers.Binary;

namespace Dwapi.Edge.Gatt;

/// <summary>Heart Rate Measurement (0x2A37). Refers to the payload, so that nothing is allocated.</summary>
public readonly ref struct HeartRateMeasurement
{
    private readonly ReadOnlySpan<byte> _intervals;

    private HeartRateMeasurement(byte flags, ushort rate, ushort? energy, ReadOnlySpan<byte> intervals)
    {
        Rate = rate;
        Contact = (flags & 6) switch { 4 => false, 6 => true, _ => null };
        EnergyExpended = energy;
        _intervals = intervals;
    }

    /// <summary>Beats per minute.</summary>
    public ushort Rate { get; }

    /// <summary>Skin contact; null if the sensor cannot tell.</summary>
    public bool? Contact { get; }

    /// <summary>Kilojoules since the last reset, saturating at 65535; usually only in every tenth notification.</summary>
    public ushort? EnergyExpended { get; }

    /// <summary>How many RR intervals came.</summary>
    public int RrCount => _intervals.Length / 2;

    /// <summary>An RR interval in 1/1024 s, oldest first.</summary>
    public ushort Rr(int index) => BinaryPrimitives.ReadUInt16LittleEndian(_intervals[(index * 2)..]);

    /// <summary>Decodes the characteristic.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> payload, out HeartRateMeasurement measurement, out GattFault fault)
    {
        var fields = new GattPayload(payload);
        var flags = fields.U8();
        var rate = (flags & 1) != 0 ? fields.U16() : fields.U8();
        var energy = fields.U16If((flags & 8) != 0);
        var intervals = (flags & 16) != 0 ? fields.Rest : default;
        // A payload that announces RR intervals has at least one.
        fault = fields.TooShort || ((flags & 16) != 0 && intervals.Length < 2) ? GattFault.TooShort : GattFault.None;
        measurement = fault == GattFault.None ? new HeartRateMeasurement(flags, rate, energy, intervals) : default;
        return fault == GattFault.None;
    }
}
