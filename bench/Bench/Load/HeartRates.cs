using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using Dwapi.Edge.Health;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;

namespace Dwapi.Bench.Load;

/// <summary>Heart-rate monitors as an edge has them: announced, decoded and written by the edge's own code.</summary>
internal static class HeartRates
{
    private const ushort Measurement = 0x2A37;

    /// <summary>74 bpm, skin contact, one RR interval.</summary>
    public static ReadOnlySpan<byte> Payload => [0x16, 74, 0x0D, 0x03];

    public static string ServiceId(int device) => string.Create(CultureInfo.InvariantCulture, $"hr-{device:D6}");

    public static ServiceAnnouncement Announcement(int device) => Device(device).Announce([HealthAttributes.Heart], []);

    /// <summary>An item of the outbox, as the edge stores it.</summary>
    public static byte[] Item(int device, DateTimeOffset receivedAt)
    {
        var monitor = Device(device);
        var quantities = new ArrayBufferWriter<byte>(512);
        var reading = HealthDecoder.Decode(Measurement, Payload, monitor, receivedAt, quantities);
        var item = new ArrayBufferWriter<byte>(1024);
        HealthDecoder.WriteItem(item, reading, monitor, receivedAt, quantities.WrittenSpan);
        return item.WrittenSpan.ToArray();
    }

    /// <summary>Items of devices, one each.</summary>
    public static ImmutableArray<byte[]> Items(int devices)
    {
        var now = DateTimeOffset.UtcNow;
        return [.. Enumerable.Range(0, devices).Select(device => Item(device, now))];
    }

    private static HealthDevice Device(int device) => new(ServiceId(device), TimeZoneInfo.Utc) { Name = "Heart rate monitor" };
}
