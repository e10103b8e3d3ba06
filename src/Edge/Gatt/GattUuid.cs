namespace Dwapi.Edge.Gatt;

/// <summary>The full UUIDs behind 16-bit numbers.</summary>
public static class GattUuid
{
    private const string Base = "-0000-1000-8000-00805f9b34fb";

    /// <summary>The UUID of a 16-bit number.</summary>
    public static Guid Of(ushort number) => Guid.Parse($"0000{number:x4}{Base}");

    /// <summary>The 16-bit number of a UUID.</summary>
    /// <returns>False if it has none.</returns>
    public static bool TryGetNumber(Guid uuid, out ushort number)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        number = (ushort)((bytes[2] << 8) | bytes[3]);
        return uuid == Of(number);
    }
}
