using System.Buffers.Binary;

namespace Dwapi.Edge.Gatt;

/// <summary>Record Access Control Point (0x2A52): asks a device for its stored records.</summary>
internal static class RecordAccess
{
    private const byte ReportRecords = 1;
    private const byte AllRecords = 1;
    private const byte FromRecord = 3;
    private const byte BySequenceNumber = 1;
    private const byte Response = 6;

    /// <summary>Asks for all records.</summary>
    public static byte[] All() => [ReportRecords, AllRecords];

    /// <summary>Asks for the records from a number on.</summary>
    public static byte[] From(ushort number)
    {
        byte[] request = [ReportRecords, FromRecord, BySequenceNumber, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(request.AsSpan(3), number);
        return request;
    }

    /// <summary>Reads the answer to such a request.</summary>
    public static bool TryReadAnswer(ReadOnlySpan<byte> payload, out RecordAccessResult result)
    {
        result = default;
        if (payload.Length < 4 || payload[0] != Response || payload[2] != ReportRecords)
            return false;
        result = (RecordAccessResult)payload[3];
        return true;
    }
}
