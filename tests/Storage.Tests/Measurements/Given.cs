using System.Collections.Immutable;
using System.Text;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;

namespace Dwapi.Storage.Tests.Measurements;

/// <summary>Requests and items with everything that a test does not care about filled in.</summary>
internal static class Given
{
    public const string Tenant = "clinic";
    public const string Device = "scale-1";
    public const string Attribute = "thermometer";

    public static ReportItem Item(
        long position,
        long measuredAt = 1000,
        string attribute = Attribute,
        bool stamped = true,
        long? receivedAt = null,
        byte identity = 0,
        bool continuous = false) => new(
            attribute,
            position,
            measuredAt,
            receivedAt ?? measuredAt,
            stamped,
            identity == 0 ? default : Enumerable.Repeat(identity, 16).ToArray(),
            "0.8"u8.ToArray(),
            Encoding.UTF8.GetBytes($"\"temperature\":{{\"value\":{measuredAt}}}"),
            continuous);

    public static AppendRequest Request(
        long expected, ImmutableArray<ReportItem> items, string device = Device, string edge = "edge-1", string epoch = "e1") => new(
            Tenant, device, edge, epoch, items, expected == 0 ? [] : [new AttributeHead(Attribute, expected)]);

    public static async Task<AppendResult> Append(this IMeasurementStore store, long expected, params ReportItem[] items) =>
        await store.Append(Request(expected, [.. items]), CancellationToken.None);

    public static Task<EventPage> After(this IMeasurementStore store, long after, int limit = 1000) =>
        store.ReadAfter(Tenant, Device, Attribute, after, limit, CancellationToken.None);

    public static async Task<StoredHead> Head(this IMeasurementStore store) =>
        Assert.Single(await store.GetHeads(Tenant, Device, CancellationToken.None));

    public static IEnumerable<long> Sequences(this EventPage page) => page.Events.Select(e => e.Sequence);

    public static IEnumerable<ReportOutcome> Outcomes(this AppendResult result) => result.Items.Select(i => i.Outcome);
}
