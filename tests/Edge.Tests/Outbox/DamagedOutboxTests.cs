using Dwapi.Edge.Outbox;
using Dwapi.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Edge.Tests.Outbox;

public sealed class DamagedOutboxTests : IDisposable
{
    private const int Items = 500;
    private const int Page = 4096;
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["outbox.db"];

    [Fact]
    public async Task Open_DamagedPage_IsRefusedWithTheWayBack()
    {
        await FillAndDamage();

        var error = Assert.Throws<OutboxException>(Open);

        Assert.Contains($"{File} is damaged", error.Message, StringComparison.Ordinal);
        Assert.Contains("--recover-to", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recover_HoldsWhatCouldBeReadInItsOrderUnderANewEpoch()
    {
        var epoch = await FillAndDamage();

        var copied = OutboxRecovery.Recover(File, _folder["recovered.db"]);

        await using var outbox = DurableOutbox.Open(new OutboxOptions { Path = _folder["recovered.db"] }, NullLogger.Instance);
        var items = outbox.Queue.Take(int.MaxValue, int.MaxValue);
        Assert.NotEqual(epoch, outbox.Epoch);
        Assert.Equal(copied, items.Count);
        Assert.InRange(copied, Items / 2, Items - 1);
        Assert.Equal(Enumerable.Range(1, items.Count).Select(i => (long)i), items.Select(item => item.Sequence));
        Assert.Equal(items.Select(Entries.NumberOf).Distinct().Order(), items.Select(Entries.NumberOf));
        Assert.Equal(outbox.Last + 1, await outbox.AppendAsync(Entries.Of("a", 0), default));
    }

    public void Dispose() => _folder.Dispose();

    private DurableOutbox Open() => DurableOutbox.Open(new OutboxOptions { Path = File }, NullLogger.Instance);

    private async Task<string> FillAndDamage()
    {
        string epoch;
        await using (var outbox = Open())
        {
            epoch = outbox.Epoch;
            for (var i = 0; i < Items; i++)
                await outbox.AppendAsync(Entries.Of("a", i), default);
        }

        // A leaf of the items: the file ends with them and their index in turn, so the damage is put where an item's text is.
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        var at = bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes($"{1_700_000_000_500 + (Items / 2)}")) / Page * Page;
        Assert.True(at > 0);
        new Random(1).NextBytes(bytes.AsSpan(at, Page));
        await System.IO.File.WriteAllBytesAsync(File, bytes);
        return epoch;
    }
}
