using System.Buffers;
using Dwapi.Edge.Outbox;
using Dwapi.Edge.Printers.Content;
using Dwapi.Edge.Printers.Jobs;
using Dwapi.Edge.Printers.Slicing;
using Dwapi.Edge.Services;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Printing;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Printers;

/// <summary>What the printers of an edge share.</summary>
internal sealed class PrinterStationParts
{
    public required DurableOutbox Outbox { get; init; }

    public required ServiceCatalog Catalog { get; init; }

    public required PrintJobBook Book { get; init; }

    public required ContentDownload Download { get; init; }

    public required Slicer Slicer { get; init; }

    public required Func<bool> IsLinkUp { get; init; }

    public required TimeZoneInfo? Zone { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Log { get; init; }

    /// <summary>Keeps the announcement beside the items.</summary>
    public Task DescribeAsync(ServiceAnnouncement announcement) => Outbox.DescribeAsync(announcement);

    /// <summary>Puts a snapshot into the outbox; one that finds no room is logged and lost, the next one says the same.</summary>
    public async Task AppendAsync(string serviceId, string attribute, byte[] quantities)
    {
        try
        {
            await AppendAsync(Outbox, Time, serviceId, attribute, quantities).ConfigureAwait(false);
        }
        catch (OutboxException)
        {
            Edge.Log.NotKept(Log, serviceId);
        }
    }

    /// <summary>Puts a snapshot or a report into the outbox.</summary>
    /// <exception cref="OutboxException">It did not get in.</exception>
    public static async Task AppendAsync(DurableOutbox outbox, TimeProvider time, string serviceId, string attribute, byte[] quantities)
    {
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        var item = new ArrayBufferWriter<byte>(quantities.Length + 256);
        EventItemWriter.Write(item, serviceId, PrintingProfile.Name, attribute, at, stamped: false, identity: null, "-1.0"u8, quantities);
        await outbox.AppendAsync(new OutboxEntry(serviceId, at, item.WrittenMemory), CancellationToken.None).ConfigureAwait(false);
    }
}
