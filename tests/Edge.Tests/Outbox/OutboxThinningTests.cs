using System.Buffers;
using System.Text;
using Dwapi.Edge.Outbox;
using Dwapi.Edge.Tests.Support;
using Dwapi.Gotapi.Frames;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Edge.Tests.Outbox;

public sealed class OutboxThinningTests : IDisposable
{
    private const int Limit = 400_000;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Append_BeyondTheLimit_DropsTheOldestHeartRates_AndNoSingleMeasurement()
    {
        await using var outbox = Open();
        await AppendAsync(outbox, 4000, i => i % 20 == 0 ? Entry("scale", "weight", i) : Entry("belt", "heart", i));

        Assert.InRange(outbox.Dropped, 100, 3800);
        var items = Taken(outbox);
        Assert.Equal(Enumerable.Range(1, 4000).Select(i => (long)i), items.Keys.Order());
        Assert.Equal(200, items.Values.Count(text => text.Contains("\"attribute\":\"weight\"", StringComparison.Ordinal) && text.Contains("\"filler\"", StringComparison.Ordinal)));
        Assert.InRange(new FileInfo(_folder["outbox"]).Length, 0, Limit * 3);
    }

    [Fact]
    public async Task Append_BeyondTheLimit_DropsTheOldestContinuousValuesOfHeartAndOximetryTogether_AndNoSpotCheck()
    {
        await using var outbox = Open();
        await AppendAsync(outbox, 4000, i => (i % 20, i % 2) switch
        {
            (0, _) => Entry("oximeter", "pulseOximeter", i),
            (_, 0) => Entry("oximeter", "pulseOximeter", i, continuous: true),
            _ => Entry("belt", "heart", i),
        });

        // What is still whole of the continuous values is what came last: of both there is nothing that is older than what was dropped.
        Assert.InRange(outbox.Dropped, 100, 3800);
        var kept = Taken(outbox).Where(item => item.Value.Contains("\"filler\"", StringComparison.Ordinal)).Select(item => item.Key).Order().ToList();
        Assert.Equal(Enumerable.Range(1, 200).Select(i => (i * 20L) - 19), kept.Where(IsSpotCheck));
        var continuous = kept.Where(sequence => !IsSpotCheck(sequence)).ToList();
        Assert.Equal(3800 - outbox.Dropped, continuous.Count);
        Assert.Equal(Enumerable.Range(1, 4000).Select(i => (long)i).Where(sequence => !IsSpotCheck(sequence)).TakeLast(continuous.Count), continuous);

        static bool IsSpotCheck(long sequence) => sequence % 20 == 1;
    }

    [Fact]
    public async Task Append_BeyondTheLimit_KeepsWhatIsNotMarked_AsAnOlderEdgeWroteIt()
    {
        await using var outbox = Open();
        await AppendAsync(outbox, 3000, i => i < 1500
            ? Entry("oximeter", "pulseOximeter", i, more: "\"label\":\",\\u0022continuous\\u0022:true,\\u0022batteryLevel\\u0022:\",")
            : Entry("oximeter", "pulseOximeter", i, continuous: true));

        Assert.InRange(outbox.Dropped, 100, 1500);
        Assert.Equal(1500, Taken(outbox).Count(item => item.Key <= 1500 && item.Value.Contains("\"filler\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Drop_Survives_AndGoesOutAsAnItemThatTheServerRefuses()
    {
        await using (var outbox = Open())
        {
            await AppendAsync(outbox, 3000, i => Entry("belt", "heart", i));
        }

        await using var again = Open();
        var first = Taken(again)[1];

        Assert.Contains("\"serviceId\":\"belt\"", first, StringComparison.Ordinal);
        Assert.Contains("\"quantities\":{}", first, StringComparison.Ordinal);
        Assert.Contains("\"filler\"", Taken(again)[3000], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_OfADroppedValue_IsNotCountedAsNews()
    {
        await using var outbox = Open();
        await AppendAsync(outbox, 3000, i => Entry("belt", "heart", i));

        await outbox.AcknowledgeAsync(1, [new OutboxRefusal(1, "error 10")], default);

        Assert.Equal(0, outbox.Status().Refused);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Appends in commits of a hundred or so: a limit holds between commits, not within one.</summary>
    private static async Task AppendAsync(DurableOutbox outbox, int count, Func<int, OutboxEntry> make)
    {
        foreach (var some in Enumerable.Range(0, count).Chunk(100))
            await Task.WhenAll(some.Select(i => outbox.AppendAsync(make(i), default)));
    }

    private static OutboxEntry Entry(string service, string attribute, int number, bool continuous = false, string more = "")
    {
        var item = new ArrayBufferWriter<byte>();
        EventItemWriter.Write(
            item, service, "health", attribute, 1_700_000_000_000 + number, false, null, "0.5"u8,
            Encoding.UTF8.GetBytes($"{{{more}\"filler\":\"{new string('x', 300)}\"}}"), continuous);
        return new OutboxEntry(service, 1_700_000_000_000 + number, item.WrittenMemory);
    }

    private static Dictionary<long, string> Taken(DurableOutbox outbox)
    {
        outbox.Rewind();
        var taken = new Dictionary<long, string>();
        while (outbox.Queue.Take(1000, SendQueue.FrameBudget) is { Count: > 0 } items)
        {
            foreach (var item in items)
                taken.Add(item.Sequence, Encoding.UTF8.GetString(item.Entry.Item.Span));
        }

        return taken;
    }

    private DurableOutbox Open() => DurableOutbox.Open(new OutboxOptions { Path = _folder["outbox"], MaxBytes = Limit }, NullLogger.Instance);
}
