using System.Text;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Tests;

namespace Dwapi.Storage.Tests.Measurements;

/// <summary>What every measurement store does, whatever it is made of. One class per store derives from this.</summary>
public abstract class MeasurementStoreContract
{
    private const long Day = 86_400_000;
    private static readonly CancellationToken None = CancellationToken.None;

    protected abstract IMeasurementStore Store { get; }

    [Fact]
    public async Task Append_FirstItems_GetSequencesFromOneWithoutHoles()
    {
        var result = await Store.Append(0, Given.Item(1, 1000), Given.Item(2, 1001), Given.Item(3, 1002));

        Assert.Equal([1, 2, 3], result.Items.Select(i => i.Sequence));
        Assert.All(result.Items, i => Assert.Equal(ReportOutcome.Committed, i.Outcome));
        Assert.False(result.Conflict);
        Assert.Equal([1, 2, 3], (await Store.After(0)).Sequences());
    }

    [Fact]
    public async Task Append_SeveralAttributes_CountEachByItself()
    {
        var result = await Store.Append(0, Given.Item(1, attribute: "weight"), Given.Item(2, attribute: "bca"), Given.Item(3, attribute: "weight"));

        Assert.Equal([1, 1, 2], result.Items.Select(i => i.Sequence));
        var heads = await Store.GetHeads(Given.Tenant, Given.Device, None);
        Assert.Equal([("bca", 1L), ("weight", 2L)], heads.Select(h => (h.Attribute, h.Sequence)));
    }

    [Fact]
    public async Task Append_BytesAsTheyCame_AreReadBackUnchanged()
    {
        var quantities = "\"temperature\":{\"value\": 36.60 ,\"mdrFloat\":\"FE000E4C\"}"u8.ToArray();
        await Store.Append(0, Given.Item(1) with { Quantities = quantities, BatteryLevel = "-1.0"u8.ToArray(), ReceivedAt = 77, Stamped = false });

        var read = Assert.Single((await Store.After(0)).Events);
        Assert.Equal(quantities, read.Quantities.ToArray());
        Assert.Equal("-1.0", Encoding.ASCII.GetString(read.BatteryLevel.Span));
        Assert.Equal((1000L, 77L, false), (read.MeasuredAt, read.ReceivedAt, read.Stamped));
    }

    [Fact]
    public async Task Append_SamePosition_IsADuplicateAndTakesNoSequence()
    {
        await Store.Append(0, Given.Item(1));

        var again = await Store.Append(1, Given.Item(1), Given.Item(2), Given.Item(2));

        Assert.Equal([ReportOutcome.Duplicate, ReportOutcome.Committed, ReportOutcome.Duplicate], again.Outcomes());
        Assert.Equal([0, 2, 0], again.Items.Select(i => i.Sequence));
    }

    [Fact]
    public async Task Append_SamePositionOfAnotherEpochOrEdge_IsAnother()
    {
        await Store.Append(Given.Request(0, [Given.Item(1)]), None);
        var epoch = await Store.Append(Given.Request(1, [Given.Item(1)], epoch: "e2"), None);
        var edge = await Store.Append(Given.Request(2, [Given.Item(1)], edge: "edge-2"), None);

        Assert.Equal(2, Assert.Single(epoch.Items).Sequence);
        Assert.Equal(3, Assert.Single(edge.Items).Sequence);
    }

    [Fact]
    public async Task Decision11_SameIdentity_IsADuplicateWhosePositionIsSettled()
    {
        await Store.Append(0, Given.Item(1, identity: 7));

        var again = await Store.Append(1, Given.Item(9, identity: 7), Given.Item(10, identity: 8), Given.Item(11, identity: 8));

        Assert.Equal([ReportOutcome.Duplicate, ReportOutcome.Committed, ReportOutcome.Duplicate], again.Outcomes());
        Assert.Equal([1, 9, 10, 11], await Store.GetPositions(Given.Tenant, "edge-1", "e1", 0, None));
    }

    [Fact]
    public async Task Append_SameIdentityOfAnotherDeviceOrAttribute_IsAnother()
    {
        await Store.Append(0, Given.Item(1, identity: 7));

        var attribute = await Store.Append(1, Given.Item(2, attribute: "weight", identity: 7));
        var device = await Store.Append(Given.Request(0, [Given.Item(3, identity: 7)], device: "scale-2"), None);

        Assert.Equal(ReportOutcome.Committed, Assert.Single(attribute.Outcomes()));
        Assert.Equal(ReportOutcome.Committed, Assert.Single(device.Outcomes()));
    }

    [Fact]
    public async Task Append_WithoutPositionOrIdentity_IsNeverADuplicate()
    {
        var result = await Store.Append(0, Given.Item(0), Given.Item(0));

        Assert.Equal([1, 2], result.Items.Select(i => i.Sequence));
        Assert.Empty(await Store.GetPositions(Given.Tenant, "edge-1", "e1", 0, None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Append_OtherHeadThanExpected_IsAConflictAndStoresNothing(long expected)
    {
        await Store.Append(0, Given.Item(1));

        var result = await Store.Append(expected, Given.Item(2, identity: 9));

        Assert.True(result.Conflict);
        Assert.Equal(ReportOutcome.Repeat, Assert.Single(result.Outcomes()));
        Assert.Equal(1, (await Store.Head()).Sequence);
        Assert.Equal([1], await Store.GetPositions(Given.Tenant, "edge-1", "e1", 0, None));
        Assert.Equal(ReportOutcome.Committed, Assert.Single((await Store.Append(1, Given.Item(2, identity: 9))).Outcomes()));
    }

    [Fact]
    public async Task Append_ConflictInOneAttribute_LeavesTheOtherItemsAlone()
    {
        await Store.Append(0, Given.Item(1));

        var result = await Store.Append(0, Given.Item(2), Given.Item(3, attribute: "weight"));

        Assert.True(result.Conflict);
        Assert.Equal([ReportOutcome.Repeat, ReportOutcome.Committed], result.Outcomes());
    }

    [Fact]
    public async Task Append_OnlyKnownItemsToAnOlderHead_AreDuplicatesAndNoConflict()
    {
        await Store.Append(0, Given.Item(1), Given.Item(2, identity: 5));

        var result = await Store.Append(0, Given.Item(1), Given.Item(8, identity: 5));

        Assert.False(result.Conflict);
        Assert.Equal([ReportOutcome.Duplicate, ReportOutcome.Duplicate], result.Outcomes());
    }

    [Fact]
    public async Task Append_TwoWritersWithTheSameHead_OneWins()
    {
        var first = Store.Append(Given.Request(0, [Given.Item(1)]), None).AsTask();
        var second = Store.Append(Given.Request(0, [Given.Item(2)]), None).AsTask();

        var results = await Task.WhenAll(first, second);

        Assert.Equal(1, results.Count(r => r.Conflict));
        Assert.Equal([1], (await Store.After(0)).Sequences());
    }

    [Theory]
    [MemberData(nameof(LatestRuleTable.Rows), MemberType = typeof(LatestRuleTable))]
    public async Task Append_LatestRule_IsThatOfTheTable(
        string what, long measuredAt, long receivedAt, string edge, bool stamped, long newMeasuredAt, long newReceivedAt, string newEdge, bool replaces)
    {
        await Store.Append(Given.Request(0, [Given.Item(1, measuredAt, receivedAt: receivedAt)], edge: edge), None);

        var result = await Store.Append(
            Given.Request(1, [Given.Item(2, newMeasuredAt, stamped: stamped, receivedAt: newReceivedAt)], edge: newEdge), None);

        var head = await Store.Head();
        Assert.True(replaces == Assert.Single(result.Items).IsLatest, what);
        Assert.Equal(replaces ? (2, newMeasuredAt, newEdge) : (1, measuredAt, edge), (head.Latest.Sequence, head.Latest.MeasuredAt, head.LatestEdge));
        Assert.Equal(2, head.Sequence);
    }

    [Fact]
    public async Task Append_LateStoredRecords_JoinTheHistoryAndDoNotReplaceTheLatest()
    {
        await Store.Append(0, Given.Item(1, 5000));

        var late = await Store.Append(1, Given.Item(2, 3000), Given.Item(3, 4000));

        Assert.All(late.Items, i => Assert.False(i.IsLatest));
        Assert.Equal(5000, (await Store.Head()).Latest.MeasuredAt);
        var history = await Store.GetHistory(Given.Tenant, Given.Device, new HistoryQuery(Given.Attribute, 0, 9999, false, "", 10), None);
        Assert.Equal([2, 3, 1], history.Measurements.Select(m => m.Sequence));
    }

    [Fact]
    public async Task GetHeads_UnknownDevice_IsEmpty() =>
        Assert.Empty(await Store.GetHeads(Given.Tenant, "nobody", None));

    [Fact]
    public async Task GetHeads_SameDeviceOfAnotherTenant_IsNotSeen()
    {
        await Store.Append(0, Given.Item(1));

        Assert.Empty(await Store.GetHeads("school", Given.Device, None));
    }

    [Fact]
    public async Task ReadAfter_InPages_GivesEveryRowOnceAndTheHead()
    {
        await Store.Append(0, [.. Enumerable.Range(1, 7).Select(i => Given.Item(i))]);

        var first = await Store.After(0, 3);
        var second = await Store.After(3, 3);
        var third = await Store.After(6, 3);
        var none = await Store.After(7, 3);

        Assert.Equal([1, 2, 3], first.Sequences());
        Assert.Equal([4, 5, 6], second.Sequences());
        Assert.Equal([7], third.Sequences());
        Assert.Empty(none.Events);
        Assert.All([first, second, third, none], p => Assert.Equal((7L, false), (p.Head, p.Gap)));
    }

    [Fact]
    public async Task ReadAfter_UnknownAttribute_IsEmptyWithoutGap() =>
        Assert.Equal((true, false, 0L), await Store.After(0) is var page ? (page.Events.IsEmpty, page.Gap, page.Head) : default);

    [Fact]
    public async Task Retain_OldRows_AreGoneAndTheNextReadSaysGap()
    {
        await Store.Append(0, [.. Enumerable.Range(1, 5).Select(i => Given.Item(i, i * 1000))]);

        var removed = await Store.Retain(Given.Tenant, Given.Attribute, null, 3000, None);

        Assert.Equal(2, removed);
        var page = await Store.After(1);
        Assert.True(page.Gap);
        Assert.Equal([3, 4, 5], page.Sequences());
        Assert.False((await Store.After(2)).Gap);
    }

    [Theory]
    [InlineData(true, new long[] { 2, 5, 6 })]
    [InlineData(false, new long[] { 1, 3, 4, 5, 6 })]
    [InlineData(null, new long[] { 5, 6 })]
    public async Task Decision19_Retain_ContinuousOnesOthersOrAll_LeavesTheRestAndCountsWhatIsGone(bool? continuous, long[] left)
    {
        // Over several months: partitions of their own in PostgreSQL.
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await Store.Append(
            0,
            Given.Item(1, now - (70 * Day), continuous: true),
            Given.Item(2, now - (70 * Day) + 1),
            Given.Item(3, now - (70 * Day) + 2, continuous: true),
            Given.Item(4, now - (31 * Day), continuous: true),
            Given.Item(5, now - (29 * Day), continuous: true),
            Given.Item(6, now));

        var removed = await Store.Retain(Given.Tenant, Given.Attribute, continuous, now - (30 * Day), None);

        Assert.Equal(6 - left.Length, removed);
        var history = await Store.GetHistory(Given.Tenant, Given.Device, new HistoryQuery(Given.Attribute, 0, long.MaxValue, false, "", 100), None);
        Assert.Equal(left, history.Measurements.Select(m => m.Sequence));
        Assert.Equal(0, await Store.Retain(Given.Tenant, Given.Attribute, continuous, now - (30 * Day), None));
    }

    [Fact]
    public async Task Retain_ContinuousLatest_Stays()
    {
        await Store.Append(0, Given.Item(1, 1000, continuous: true), Given.Item(2, 2000, continuous: true));

        Assert.Equal(1, await Store.Retain(Given.Tenant, Given.Attribute, true, 9999, None));

        Assert.Equal(2, (await Store.Head()).Latest.Sequence);
        await Store.Append(2, Given.Item(3, 3000));
        Assert.Equal(1, await Store.Retain(Given.Tenant, Given.Attribute, true, 9999, None));
    }

    [Fact]
    public async Task Retain_HoleInTheMiddle_EndsThePageBeforeIt()
    {
        await Store.Append(0, Given.Item(1, 5000), Given.Item(2, 100), Given.Item(3, 5001));

        await Store.Retain(Given.Tenant, Given.Attribute, null, 1000, None);

        var first = await Store.After(0);
        Assert.Equal([1], first.Sequences());
        Assert.False(first.Gap);
        var second = await Store.After(1);
        Assert.Equal([3], second.Sequences());
        Assert.True(second.Gap);
    }

    [Fact]
    public async Task Retain_EverythingOld_LeavesHeadAndLatest()
    {
        await Store.Append(0, Given.Item(1, 1000), Given.Item(2, 2000), Given.Item(3, 500));

        await Store.Retain(Given.Tenant, Given.Attribute, null, 9999, None);

        var head = await Store.Head();
        Assert.Equal((3L, 2L), (head.Sequence, head.Latest.Sequence));
        var rest = await Store.After(2);
        Assert.Empty(rest.Events);
        Assert.True(rest.Gap);
        Assert.Equal(4, Assert.Single((await Store.Append(3, Given.Item(4))).Items).Sequence);
    }

    [Fact]
    public async Task Retain_OtherAttributeOrTenant_IsLeftAlone()
    {
        await Store.Append(0, Given.Item(1, 1000), Given.Item(2, 2000));

        Assert.Equal(0, await Store.Retain(Given.Tenant, "weight", null, 9999, None));
        Assert.Equal(0, await Store.Retain("school", Given.Attribute, null, 9999, None));
    }

    [Fact]
    public async Task Retain_RemovedRecordSentAgain_IsStillADuplicate()
    {
        await Store.Append(0, Given.Item(1, 1000, identity: 3), Given.Item(2, 2000));
        await Store.Retain(Given.Tenant, Given.Attribute, null, 1500, None);

        Assert.Equal(ReportOutcome.Duplicate, Assert.Single((await Store.Append(2, Given.Item(3, 1000, identity: 3))).Outcomes()));
    }

    [Theory]
    [InlineData(false, new long[] { 10, 20, 30, 30, 40 })]
    [InlineData(true, new long[] { 40, 30, 30, 20, 10 })]
    public async Task GetHistory_InPages_IsInOrderAndStableWhileRowsArrive(bool newestFirst, long[] times)
    {
        await Store.Append(0, Given.Item(1, 30), Given.Item(2, 10), Given.Item(3, 40), Given.Item(4, 20), Given.Item(5, 30), Given.Item(6, 50));
        var query = new HistoryQuery(Given.Attribute, 10, 50, newestFirst, "", 2);
        var seen = new List<long>();
        var head = 6;
        HistoryPage page;
        do
        {
            page = await Store.GetHistory(Given.Tenant, Given.Device, query, None);
            seen.AddRange(page.Measurements.Select(m => m.MeasuredAt));
            query = query with { Cursor = page.NextCursor };

            // A row before the place that the pages have come to must neither shift nor repeat anything.
            await Store.Append(head, Given.Item(100 + head, newestFirst ? 49 : 10));
            head++;
        }
        while (page.NextCursor.Length > 0);

        Assert.Equal(times, seen);
    }

    [Fact]
    public async Task GetHistory_ExactlyOnePage_HasNoCursor()
    {
        await Store.Append(0, Given.Item(1, 10), Given.Item(2, 20));

        var page = await Store.GetHistory(Given.Tenant, Given.Device, new HistoryQuery(Given.Attribute, 0, 99, true, "", 2), None);

        Assert.Equal([20, 10], page.Measurements.Select(m => m.MeasuredAt));
        Assert.Equal("", page.NextCursor);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("1")]
    [InlineData("1.x")]
    public async Task GetHistory_StrangeCursor_IsRefused(string cursor) =>
        await Assert.ThrowsAsync<FormatException>(() =>
            Store.GetHistory(Given.Tenant, Given.Device, new HistoryQuery(Given.Attribute, 0, 99, true, cursor, 2), None));

    [Fact]
    public async Task PrunePositions_UpToTheAcknowledged_ForgetsThemAndOtherEpochs()
    {
        await Store.Append(Given.Request(0, [Given.Item(1)], epoch: "old"), None);
        await Store.Append(1, Given.Item(1), Given.Item(2), Given.Item(3));

        await Store.PrunePositions(Given.Tenant, "edge-1", "e1", 2, None);

        Assert.Equal([3], await Store.GetPositions(Given.Tenant, "edge-1", "e1", 0, None));
        Assert.Empty(await Store.GetPositions(Given.Tenant, "edge-1", "old", 0, None));
    }

    [Fact]
    public async Task PrunePositions_PrunedPositionFromADyingLink_IsStillADuplicate()
    {
        await Store.Append(0, Given.Item(1), Given.Item(2));
        await Store.PrunePositions(Given.Tenant, "edge-1", "e1", 2, None);

        Assert.Equal(ReportOutcome.Duplicate, Assert.Single((await Store.Append(2, Given.Item(2))).Outcomes()));
    }

    [Fact]
    public async Task GetPositions_Above_AreAscending()
    {
        await Store.Append(0, Given.Item(5), Given.Item(3), Given.Item(4), Given.Item(1));

        Assert.Equal([3, 4, 5], await Store.GetPositions(Given.Tenant, "edge-1", "e1", 2, None));
    }

    [Fact]
    public async Task Append_ManyDevicesAtOnce_EachHasItsOwnSequences()
    {
        var appends = Enumerable.Range(0, 200).Select(d =>
            Store.Append(Given.Request(0, [Given.Item(d * 2 + 1), Given.Item(d * 2 + 2)], device: $"d{d}"), None).AsTask());

        var results = await Task.WhenAll(appends);

        Assert.All(results, r => Assert.Equal([1, 2], r.Items.Select(i => i.Sequence)));
        Assert.Equal(400, (await Store.GetPositions(Given.Tenant, "edge-1", "e1", 0, None)).Length);
    }

    [Fact]
    public void Epoch_IsLettersAndDigits()
    {
        Assert.NotEmpty(Store.Epoch);
        Assert.All(Store.Epoch, c => Assert.True(char.IsAsciiLetterOrDigit(c)));
    }
}
