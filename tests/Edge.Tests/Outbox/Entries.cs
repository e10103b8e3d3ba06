using System.Buffers;
using Dwapi.Edge.Outbox;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;

namespace Dwapi.Edge.Tests.Outbox;

internal static class Entries
{
    private const long Begin = 1_700_000_000_500;

    public static OutboxEntry Of(string serviceId, int number)
    {
        var item = new ArrayBufferWriter<byte>();
        EventItemWriter.Write(item, serviceId.Replace(' ', '-'), "health", "thermometer", Begin + number, false, (MeasurementIdentity?)null, "0.5"u8, "{}"u8);
        return new OutboxEntry(serviceId, Begin + number, item.WrittenMemory);
    }

    public static int NumberOf(OutboxItem item) => (int)(item.Entry.ReceivedAt - Begin);
}
