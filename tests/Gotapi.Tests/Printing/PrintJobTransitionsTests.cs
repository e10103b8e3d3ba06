using Dwapi.Gotapi.Printing;

namespace Dwapi.Gotapi.Tests.Printing;

public sealed class PrintJobTransitionsTests
{
    [Fact]
    public void Table_EachRow_IsWhatTheMachineDoes()
    {
        Assert.All(PrintJobTransitions.All, row => Assert.True(PrintJobTransitions.TryNext(row.From, row.Trigger, out var next) && next == row.To));
        Assert.Distinct(PrintJobTransitions.All.Select(row => (row.From, row.Trigger)));
    }

    [Fact]
    public void Table_EndedJob_IsNeverMoved() =>
        Assert.DoesNotContain(PrintJobTransitions.All, row => row.From.HasEnded());

    [Fact]
    public void Table_EveryState_IsReachedAndCanEnd()
    {
        var reached = new HashSet<PrintJobState> { PrintJobState.Accepted };
        while (PrintJobTransitions.All.Any(row => reached.Contains(row.From) && reached.Add(row.To)))
        {
        }

        Assert.Equal(Enum.GetValues<PrintJobState>().Order(), reached.Order());
        foreach (var state in reached.Where(state => !state.HasEnded()))
            Assert.True(PrintJobTransitions.TryNext(state, PrintJobTrigger.Cancel, out _) || state == PrintJobState.Cancelling, $"{state}");
    }

    [Fact]
    public void Table_StartOfAPrint_IsOnlyReachedThroughTheTurn()
    {
        // Without the edge of the turn, nothing that could print is reachable.
        var reached = new HashSet<PrintJobState> { PrintJobState.Accepted };
        while (PrintJobTransitions.All.Any(row => row.Trigger != PrintJobTrigger.Turn && reached.Contains(row.From) && reached.Add(row.To)))
        {
        }

        Assert.DoesNotContain(reached, state => state.HasTurn());
    }

    [Fact]
    public void Table_Cancelling_GoesNoWayButToItsEnd() => Assert.All(
        PrintJobTransitions.All.Where(row => row.From == PrintJobState.Cancelling),
        row => Assert.True(row.To == PrintJobState.Cancelling || row.To.HasEnded()));

    [Theory]
    [InlineData(PrintJobTrigger.Turn, false)]
    [InlineData(PrintJobTrigger.Cancel, false)]
    [InlineData(PrintJobTrigger.Progress, true)]
    [InlineData(PrintJobTrigger.TokenNeeded, true)]
    [InlineData(PrintJobTrigger.Cancelled, true)]
    [InlineData(PrintJobTrigger.Forced, false)]
    [InlineData(PrintJobTrigger.Expired, false)]
    public void IsOfEdge_Trigger_SaysWhoseItIs(PrintJobTrigger trigger, bool edge) => Assert.Equal(edge, trigger.IsOfEdge());
}
