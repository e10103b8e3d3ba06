namespace Dwapi.Edge.Gatt;

/// <summary>Weight Scale Feature (0x2A9E).</summary>
/// <param name="Bits">The 32 bits.</param>
public readonly record struct WeightScaleFeature(uint Bits)
{
    /// <summary>Sends time stamps.</summary>
    public bool TimeStamp => (Bits & 1) != 0;

    /// <summary>Knows several users.</summary>
    public bool MultipleUsers => (Bits & 2) != 0;

    /// <summary>Sends body mass index and height.</summary>
    public bool BodyMassIndex => (Bits & 4) != 0;

    /// <summary>0 unspecified, 1 to 7: 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005 kg.</summary>
    public int WeightResolution => (int)(Bits >> 3) & 15;

    /// <summary>0 unspecified, 1 to 3: 0.01, 0.005, 0.001 m.</summary>
    public int HeightResolution => (int)(Bits >> 7) & 7;

    /// <summary>Decodes the characteristic.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> payload, out WeightScaleFeature feature, out GattFault fault)
    {
        var fields = new GattPayload(payload);
        feature = new WeightScaleFeature(fields.U32());
        fault = fields.TooShort ? GattFault.TooShort : GattFault.None;
        return fault == GattFault.None;
    }
}
