using System.Diagnostics;
using System.Globalization;
using Dwapi.EndToEnd.Tests.Faults;
using static Dwapi.Gotapi.Printing.PrintJobState;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>A large file through a real edge: its memory stays flat, and a cut costs nothing of what was there. 2 GB in the long form.</summary>
public sealed class LargeDownloadTests : IDisposable
{
    private const int Heads = 16 * 1024;

    private static readonly long Size = LongTests.Wanted ? 2L << 30 : 64L << 20;

    // A file that is held in memory shows as its own size; what the collector lets stand is about 30 MB whatever that is.
    private static readonly double MostMegabytes = LongTests.Wanted ? 64 : 48;

    private readonly TemporaryPlace _place = new();

    [Fact(Timeout = 1_800_000)]
    public async Task Download_CutInTheMiddle_GoesOnThere_AndTheEdgeStaysSmall()
    {
        var models = _place["models"];
        await ContentProcess.WriteModelAsync(models, "small", 1 << 20);
        await ContentProcess.WriteModelAsync(models, "large", Size);
        await using var school = await School.StartAsync(models);
        await PrintAsync(school, await school.OrderAsync(await school.FindModelAsync("small")));
        await school.ClearBedAsync();
        var (edge, came) = (school.EdgeFigures, school.ContentLine.Came);
        await using var memory = new LargestMemory(edge);
        var before = edge.ResidentMegabytes;

        var reached = school.ContentLine.HoldAfterComing(Size / 2);
        var clock = Stopwatch.StartNew();
        var jobId = await school.OrderAsync(await school.FindModelAsync("large"));
        await reached;
        await Eventually.True(() => school.Fetched >= (Size / 2) - (Heads / 2), "the first half is on the disk");
        school.ContentLine.Break();
        school.ContentLine.Open();
        await school.Events.Until(jobId, Verifying);
        var fetched = clock.Elapsed;
        await PrintAsync(school, jobId);

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Size >> 20} MB: fetched with one cut in {fetched.TotalSeconds:0.0} s, printed after {clock.Elapsed.TotalSeconds:0.0} s; edge {before:0} MB before, {memory.Megabytes:0} MB at most; {school.ContentLine.Came - came - Size} bytes more than the file came"));
        Assert.InRange(school.ContentLine.Came - came, Size, Size + Heads);
        Assert.InRange(memory.Megabytes - before, double.MinValue, MostMegabytes);
        Assert.Equal(2, (await school.PrintsAsync()).Count(print => print.Status == "completed"));
    }

    public void Dispose() => _place.Dispose();

    private static async Task PrintAsync(School school, string jobId)
    {
        await school.Events.Until(jobId, Gotapi.Printing.PrintJobState.Printing);
        await school.ControlAsync("advance?seconds=3000");
        await school.Events.Until(jobId, Completed);
        if (school.Events.Status.GetProperty("operatingStatus").GetString() != "finished")
            await school.Events.Until(() => school.Events.Status.GetProperty("operatingStatus").GetString() == "finished", "the printer rests");
    }

    /// <summary>Looks at the memory of a process all the time.</summary>
    private sealed class LargestMemory : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _looking;

        public LargestMemory(ProcessFigures process) => _looking = LookAsync(process);

        public double Megabytes { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }

        private async Task LookAsync(ProcessFigures process)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (await timer.WaitForNextTickAsync(_stop.Token))
                Megabytes = Math.Max(Megabytes, process.ResidentMegabytes);
        }
    }
}
