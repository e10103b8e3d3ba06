using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dwapi.Gotapi.Health;

/// <summary>
/// Identity of one measurement of one device: the first 16 bytes of SHA-256 over characteristic and raw payload, all packets. The
/// same stored record sent twice has the same one (DECISIONS 11).
/// </summary>
/// <param name="High">First eight bytes.</param>
/// <param name="Low">Next eight bytes.</param>
public readonly record struct MeasurementIdentity(ulong High, ulong Low)
{
    /// <summary>Length of the text form.</summary>
    public const int TextLength = 32;

    /// <summary>The identity of one payload, or of all packets of one joined measurement in their order.</summary>
    /// <param name="characteristic">16-bit number of the characteristic, or of the connector's own kind of record.</param>
    /// <param name="payload">The raw bytes.</param>
    public static MeasurementIdentity Of(ushort characteristic, ReadOnlySpan<byte> payload)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> input = payload.Length <= 510 ? stackalloc byte[payload.Length + 2] : new byte[payload.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(input, characteristic);
        payload.CopyTo(input[2..]);
        SHA256.HashData(input, hash);
        return FromBytes(hash);
    }

    /// <summary>From 16 bytes.</summary>
    public static MeasurementIdentity FromBytes(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>The 16 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), Low);
        return bytes;
    }

    /// <summary>Reads 32 hex digits.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out MeasurementIdentity identity)
    {
        Span<byte> bytes = stackalloc byte[16];
        identity = default;
        if (utf8.Length != TextLength || Convert.FromHexString(utf8, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;

        identity = FromBytes(bytes);
        return true;
    }

    /// <summary>The 32 lower-case hex digits.</summary>
    public override string ToString() => $"{High:x16}{Low:x16}";
}
