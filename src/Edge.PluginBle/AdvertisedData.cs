using Plugin.BLE.Abstractions;

namespace Dwapi.Edge.PluginBle;

/// <summary>What the records of an advertisement say. Any device in the room may send anything: what is no record is left out.</summary>
internal static class AdvertisedData
{
    private static readonly byte[] BaseUuid = [0, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0x80, 0x5F, 0x9B, 0x34, 0xFB];

    /// <summary>The services.</summary>
    public static IEnumerable<Guid> ServicesOf(IEnumerable<AdvertisementRecord>? records, bool littleEndian)
    {
        foreach (var record in records ?? [])
        {
            var width = WidthOf(record.Type);
            if (width == 0 || record.Data is not { } data)
                continue;
            for (var at = 0; at + width <= data.Length; at += width)
                yield return UuidOf(data.AsSpan(at, width), littleEndian);
        }
    }

    /// <summary>The name, the complete one if there is one.</summary>
    public static string? NameOf(IEnumerable<AdvertisementRecord>? records) => (records ?? [])
        .Where(record => record.Type is AdvertisementRecordType.CompleteLocalName or AdvertisementRecordType.ShortLocalName && record.Data?.Length > 0)
        .OrderByDescending(record => record.Type)
        .Select(record => System.Text.Encoding.UTF8.GetString(record.Data).TrimEnd('\0'))
        .FirstOrDefault(name => name.Length > 0);

    private static int WidthOf(AdvertisementRecordType type) => type switch
    {
        AdvertisementRecordType.UuidsIncomple16Bit or AdvertisementRecordType.UuidsComplete16Bit => 2,
        AdvertisementRecordType.UuidsIncomplete32Bit or AdvertisementRecordType.UuidCom32Bit => 4,
        AdvertisementRecordType.UuidsIncomplete128Bit or AdvertisementRecordType.UuidsComplete128Bit => 16,
        _ => 0,
    };

    private static Guid UuidOf(ReadOnlySpan<byte> sent, bool littleEndian)
    {
        Span<byte> uuid = stackalloc byte[16];
        BaseUuid.CopyTo(uuid);
        var value = sent.Length == 16 ? uuid : uuid[(4 - sent.Length)..4];
        sent.CopyTo(value);
        if (littleEndian)
            value.Reverse();
        return new Guid(uuid, bigEndian: true);
    }
}
