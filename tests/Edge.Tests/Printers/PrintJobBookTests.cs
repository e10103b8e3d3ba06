using Dwapi.Edge.Printers.Jobs;
using Dwapi.Edge.Tests.Support;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>The jobs of an edge with more than one printer.</summary>
public sealed class PrintJobBookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Order_ThatIsToldAgain_AfterManyJobsOfOtherPrinters_IsStillKnownAndNotRunAgain()
    {
        var book = Book();
        Assert.Equal(0, book.Order("3dp-a", Order("j0")));
        await EndAsync(book, "3dp-a", "j0");
        for (var i = 1; i <= 210; i++)
            await EndAsync(book, "3dp-b", $"j{i}");

        Assert.Equal(0, book.Order("3dp-a", Order("j0")));

        Assert.Null(book.Current("3dp-a"));
        Assert.True(book.Find("j0")!.State.HasEnded());
        Assert.Null(book.Find("j1"));
        Assert.NotNull(Book().Find("j210"));
    }

    [Fact]
    public async Task Changed_OfAPrinter_DoesNotWakeTheOthers()
    {
        var book = Book();
        var (mine, theirs) = (book.Changed("3dp-a"), book.Changed("3dp-b"));

        await EndAsync(book, "3dp-a", "j0");

        Assert.True(mine.IsCompleted);
        Assert.False(theirs.IsCompleted);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task EndAsync(PrintJobBook book, string printer, string jobId)
    {
        book.Cancel(printer, jobId, "c", PrintJobTrace.None);
        await book.ReportAsync(jobId, PrintJobTrigger.Cancelled);
    }

    private static PrintJobOrder Order(string jobId) => new() { OperationId = "o", JobId = jobId, Attempt = 1, Uri = "https://models.example/a.gcode" };

    private PrintJobBook Book() => new(new PrintJobStore(_folder["jobs"]), (_, _) => Task.CompletedTask, TimeProvider.System);
}
