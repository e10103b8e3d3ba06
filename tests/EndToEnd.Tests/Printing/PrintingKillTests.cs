using System.Diagnostics;
using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.Gotapi.Printing;
using static Dwapi.Gotapi.Printing.PrintJobState;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>
/// kill -9 of host, edge and content server while a job is in each of its states. The short form kills once in each state, the long form each
/// process in each state.
/// </summary>
public sealed class PrintingKillTests : IDisposable
{
    private static readonly (PrintJobState State, Victim Victim, bool StartArrives)[] Sample =
    [
        (Authorizing, Victim.Host, true),
        (Fetching, Victim.ContentServer, true),
        (Verifying, Victim.Host, true),
        (Uploading, Victim.Edge, true),
        (Starting, Victim.Edge, true),
        (Starting, Victim.Edge, false),
        (PrintJobState.Printing, Victim.Host, true),
        (Paused, Victim.Edge, true),
        (Cancelling, Victim.Host, true),
    ];

    private readonly TemporaryPlace _place = new();

    private static IEnumerable<(PrintJobState State, Victim Victim, bool StartArrives)> Everything =>
        from state in (PrintJobState[])[Authorizing, Fetching, Verifying, Uploading, Starting, PrintJobState.Printing, Paused, Cancelling]
        from victim in Enum.GetValues<Victim>()
        from arrives in state == Starting ? (bool[])[true, false] : [true]
        select (state, victim, arrives);

    [Fact(Timeout = 1_800_000)]
    public async Task Kill_InEveryState_TheJobEndsByTheTable_WithOneStart_AndNothingIsLostOrDoubled()
    {
        var models = _place["models"];
        await ContentProcess.WriteModelAsync(models, "plate", KillRound.ModelSize);
        await using var school = await School.StartAsync(models);
        var plate = await school.FindModelAsync("plate");
        var (rounds, starts) = (0, 0);

        // One more waits behind the one that is cut off, and is the next: it must neither get lost nor begin.
        var next = await school.OrderAsync(plate, "&hold=true");
        foreach (var (state, victim, startArrives) in LongTests.Wanted ? Everything : Sample)
        {
            var clock = Stopwatch.StartNew();
            var round = new KillRound(school, state, victim, startArrives);
            var jobId = next;
            next = await school.OrderAsync(plate, "&hold=true");

            await round.RunAsync(jobId);

            rounds++;
            starts += round.Starts;
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{round}: {string.Join(' ', school.Events.StatesOf(jobId))} ({clock.Elapsed.TotalSeconds:0.0} s)");
        }

        Assert.Equal(Queued, school.Events.StatesOf(next)[^1]);
        await school.Application.Expect("DELETE", school.Path3dp("printingcommand") + $"&jobId={next}");
        await school.Events.Until(next, Cancelled);
        Assert.All(await school.QueueAsync(), entry => Assert.True(entry.State.HasEnded(), $"{entry}"));
        Assert.Equal(starts, (await school.PrintsAsync()).Count);
        TestContext.Current.TestOutputHelper!.WriteLine($"{rounds} kills, {starts} prints");
    }

    public void Dispose() => _place.Dispose();
}
