using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Printing;

namespace Dwapi.Grains.Tests.Printing;

/// <summary>Prints that are not ours and that nobody saw from their beginning to their end.</summary>
public sealed class PrinterBedTests
{
    private readonly PrinterData _data = new();

    [Theory]
    [InlineData(OperatingStatus.Finished)]
    [InlineData(OperatingStatus.Stopped)]
    public void End_ThatIsTheFirstThatIsSeen_KeepsTheBedUntilItIsConfirmed(OperatingStatus end)
    {
        var queue = Waiting();

        Assert.False(queue.GiveTurn(0, Is(end)));
        Assert.True(queue.Saw(Is(end), 0));
        Assert.False(queue.GiveTurn(0, Is(OperatingStatus.Idle)));
        queue.Clear(0, null);
        Assert.False(queue.Saw(Is(end), 0));
        Assert.True(queue.GiveTurn(0, Is(end)));
    }

    [Fact]
    public void Confirmation_IsOfOneEnd()
    {
        var queue = Waiting();
        queue.Clear(0, null);

        Assert.True(queue.Saw(Is(OperatingStatus.Offline), 0));
        Assert.True(queue.Saw(Is(OperatingStatus.Finished), 0));
        Assert.False(queue.GiveTurn(0, Is(OperatingStatus.Idle)));
    }

    [Theory]
    [InlineData(OperatingStatus.Printing)]
    [InlineData(OperatingStatus.Finished)]
    public void Print_OfAnotherWhileAJobHasTheTurn_IsOnTheBedWhenTheJobIsQueuedAgain(OperatingStatus seen)
    {
        var queue = Waiting();
        Assert.True(queue.GiveTurn(0, Is(OperatingStatus.Idle)));
        queue.Saw(Is(seen), 0);
        queue.Saw(Is(OperatingStatus.Idle), 0);

        Assert.True(queue.Changed(new PrintQueueEntry { Uri = "", JobId = "job", State = PrintJobState.Queued }, touchedBed: false, queue.TurnNumber, 0));

        Assert.False(queue.GiveTurn(long.MaxValue, Is(OperatingStatus.Idle)));
        queue.Clear(0, null);
        Assert.True(queue.GiveTurn(long.MaxValue, Is(OperatingStatus.Idle)));
    }

    [Fact]
    public void Snapshot_FromBeforeTheConfirmation_DoesNotAskAgain_ALaterOneDoes()
    {
        var queue = Waiting();
        queue.Clear(1000, null);

        Assert.False(queue.Saw(Is(OperatingStatus.Printing), 999));
        Assert.True(queue.GiveTurn(0, Is(OperatingStatus.Idle)));
        Assert.True(queue.Saw(Is(OperatingStatus.Printing), 1000));
    }

    [Fact]
    public void Confirmation_WhileSomebodyElsePrints_IsRefused_AfterOurOwnJobItIsNot()
    {
        var queue = Waiting();
        Assert.False(queue.Clear(0, Is(OperatingStatus.Printing)));

        queue.GiveTurn(0, Is(OperatingStatus.Idle));
        queue.Changed(new PrintQueueEntry { Uri = "", JobId = "job", State = PrintJobState.Completed }, touchedBed: true, queue.TurnNumber, 0);

        Assert.True(queue.Clear(0, Is(OperatingStatus.Printing)));
    }

    private PrinterQueue Waiting()
    {
        var queue = new PrinterQueue(_data);
        queue.Add(new QueuedPrint { JobId = "job" });
        return queue;
    }

    private static PrinterStatus Is(OperatingStatus status) => new() { OperatingStatus = status, TimeStamp = 0, TimeStampString = "" };
}
