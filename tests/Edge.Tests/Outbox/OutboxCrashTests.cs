using System.Globalization;
using Dwapi.Edge.Outbox;
using Dwapi.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Edge.Tests.Outbox;

public sealed class OutboxCrashTests
{
    // Commits 8 and 9 of the child are an append and an acknowledgement (appends may share a commit, so both kinds are near).
    public static TheoryData<string, int> Crashes()
    {
        var crashes = new TheoryData<string, int>();
        foreach (var step in Enum.GetNames<OutboxStep>())
        {
            foreach (var commit in (int[])[8, 9])
                crashes.Add(step, commit);
        }

        return crashes;
    }

    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task Open_AfterKillAtAnyStep_HoldsEverythingPromisedAndNothingTwice(string step, int commit)
    {
        using var folder = new TemporaryFolder();
        var lines = await CrashingChild.RunAsync(folder["outbox.db"], Enum.Parse<OutboxStep>(step), commit);
        var epoch = lines.Single(line => line.StartsWith("epoch ", StringComparison.Ordinal))[6..];

        await using var outbox = DurableOutbox.Open(new OutboxOptions { Path = folder["outbox.db"] }, NullLogger.Instance);
        var items = outbox.Queue.Take(int.MaxValue, int.MaxValue).OrderBy(item => item.Sequence).ToList();

        Assert.Equal(epoch, outbox.Epoch);
        Assert.True(outbox.Last >= Highest(lines, "appended"), "an append that returned is gone");
        Assert.InRange(outbox.Acknowledged, Highest(lines, "acknowledged"), Highest(lines, "acknowledging"));
        Assert.Equal(
            Enumerable.Range(1, (int)outbox.Last).Select(i => (long)i).Skip((int)outbox.Acknowledged),
            items.Select(item => item.Sequence));
        Assert.Equal(outbox.Last + 1, await outbox.AppendAsync(Entries.Of("c", 0), default));
    }

    private static long Highest(string[] lines, string word) => lines
        .Where(line => line.StartsWith(word + ' ', StringComparison.Ordinal))
        .Select(line => long.Parse(line.AsSpan(word.Length + 1), CultureInfo.InvariantCulture))
        .DefaultIfEmpty(0)
        .Max();
}
