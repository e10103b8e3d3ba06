namespace Dwapi.Edge.Gatt;

/// <summary>Body Composition Feature (0x2A9B).</summary>
/// <param name="Bits">
/// Bits 0 time stamp, 1 several users, 2 basal metabolism, 3 muscle percentage, 4 muscle mass, 5 fat free mass, 6 soft lean mass, 7 water,
/// 8 impedance, 9 weight, 10 height, 11-14 mass resolution, 15-17 height resolution.
/// </param>
public readonly record struct BodyCompositionFeature(uint Bits)
{
    /// <summary>Sends time stamps.</summary>
    public bool TimeStamp => (Bits & 1) != 0;

    /// <summary>Sends the weight itself; otherwise it comes from the Weight Scale service.</summary>
    public bool Weight => (Bits & (1 << 9)) != 0;

    /// <summary>0 unspecified, 1 to 7: 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005 kg.</summary>
    public int MassResolution => (int)(Bits >> 11) & 15;

    /// <summary>0 unspecified, 1 to 3: 0.01, 0.005, 0.001 m.</summary>
    public int HeightResolution => (int)(Bits >> 15) & 7;

    /// <summary>Decodes the characteristic.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> payload, out BodyCompositionFeature feature, out GattFault fault)
    {
        var fields = new GattPayload(payload);
        feature = new BodyCompositionFeature(fields.U32());
        fault = fields.TooShort ? GattFault.TooShort : GattFault.None;
        return fault == GattFault.None;
    }
}
