using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.Gotapi.Printing;
using static Dwapi.Gotapi.Printing.PrintJobState;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>
/// One job that is brought into a state and held there by what a real line and a real printer do; then a process is killed and comes back, and the
/// job has to end as the table says.
/// </summary>
/// <param name="school">Where.</param>
/// <param name="held">The state in which the process is killed.</param>
/// <param name="victim">The process.</param>
/// <param name="startArrives">With <see cref="PrintJobState.Starting"/>: the printer got the word to start; only its answer is held.</param>
internal sealed class KillRound(School school, PrintJobState held, Victim victim, bool startArrives = true)
{
    /// <summary>Bytes of the model.</summary>
    public const int ModelSize = 4 << 20;

    // Token requests and heads of answers.
    private const int Heads = 16 * 1024;
    private const int HeldAfter = 1 << 20;

    /// <summary>How the job has to end: what cannot be known to have begun is never begun again.</summary>
    public PrintJobState End => held == Cancelling ? Cancelled : !WasLost ? Completed : Failed;

    /// <summary>Prints that the printer has begun for it.</summary>
    public int Starts => WasLost ? 0 : 1;

    private bool WasLost => held == Starting && victim == Victim.Edge && !startArrives;

    public override string ToString() => $"{held} x {victim}{(startArrives ? "" : ", before the printer heard of it")}";

    /// <summary>Runs a job that waits in the queue to its end.</summary>
    public async Task RunAsync(string jobId)
    {
        var came = school.ContentLine.Came;
        await HoldAsync(jobId);
        await school.KillAsync(victim);
        school.ContentLine.Open();
        school.PrinterLine.Open();
        await school.StartAgainAsync(victim);
        await FinishAsync(jobId);

        Assert.InRange(school.ContentLine.Came - came, ModelSize, ModelSize + Heads);
        var prints = (await school.PrintsAsync()).Where(print => print.File.Contains(jobId, StringComparison.Ordinal)).ToList();
        Assert.Equal(Starts, prints.Count);
        Assert.All(prints, print => Assert.Equal(End == Cancelled ? "cancelled" : "completed", print.Status));
    }

    private Task HoldAsync(string jobId) => held switch
    {
        Authorizing => HoldAuthorizingAsync(jobId),
        Fetching => HoldFetchingAsync(jobId),
        Verifying => HoldVerifyingAsync(jobId),
        Uploading => HoldLineAsync(jobId, school.PrinterLine.HoldAfterGoing(HeldAfter)),
        Starting => HoldLineAsync(jobId, school.PrinterLine.HoldAt("POST /printer/print/start", startArrives)),
        PrintJobState.Printing => HoldPrintingAsync(jobId),
        Paused => HoldPausedAsync(jobId),
        _ => HoldCancellingAsync(jobId),
    };

    private async Task HoldAuthorizingAsync(string jobId)
    {
        school.ContentLine.Hold();
        await BeginAsync(jobId);
        await school.Events.Until(jobId, Authorizing);
    }

    private async Task HoldFetchingAsync(string jobId)
    {
        var reached = school.ContentLine.HoldAfterComing(HeldAfter);
        await BeginAsync(jobId);
        await school.Events.Until(jobId, Fetching);
        await reached;

        // What is on the way is not lost by the kill: the edge has it, so that nothing of it may be asked for again.
        await Eventually.True(() => school.Fetched >= HeldAfter - Heads, "the first part is on the disk");
    }

    // A printer that an edge has never reached since it started cannot be asked for its size, which the check of the file needs.
    private async Task HoldVerifyingAsync(string jobId)
    {
        await HoldFetchingAsync(jobId);
        await school.KillAsync(Victim.Edge);
        school.PrinterLine.Hold();
        school.ContentLine.Open();
        await school.StartAgainAsync(Victim.Edge);
        await school.Events.Until(jobId, Verifying);
    }

    private async Task HoldLineAsync(string jobId, Task reached)
    {
        await BeginAsync(jobId);
        await school.Events.Until(jobId, held);
        await reached.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    private async Task HoldPrintingAsync(string jobId)
    {
        await BeginAsync(jobId);
        await school.Events.Until(jobId, PrintJobState.Printing);
        await school.ControlAsync("advance?seconds=60");
        await school.Events.Until(() => Is("printing"), "the nozzle prints");
    }

    private async Task HoldPausedAsync(string jobId)
    {
        await HoldPrintingAsync(jobId);
        await school.ControlAsync("filament-out");
        await school.ControlAsync("advance?seconds=20");
        if (school.Events.StatesOf(jobId)[^1] != Paused)
            await school.Events.Until(jobId, Paused);
        if (!Is("attention"))
            await school.Events.Until(() => Is("attention"), "a person is needed");
        Assert.Equal("filament-out", school.Events.Status.GetProperty("alerts")[0].GetProperty("code").GetString());
    }

    // Klipper lets a cancel wait behind the heat-up, and its clock stands.
    private async Task HoldCancellingAsync(string jobId)
    {
        await BeginAsync(jobId);
        await school.Events.Until(jobId, PrintJobState.Printing);
        await school.ControlAsync("advance?seconds=15");
        await school.Events.Until(() => Is("heating"), "it heats");
        var reached = school.PrinterLine.HoldAt("POST /printer/print/cancel", passes: true);
        await school.Application.Expect("DELETE", school.Path3dp("printingcommand") + $"&jobId={jobId}");
        await school.Events.Until(jobId, Cancelling);
        await reached.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    private async Task BeginAsync(string jobId)
    {
        await school.ClearBedAsync();
        await school.ChangeJobAsync(jobId, new { held = false });
    }

    private async Task FinishAsync(string jobId)
    {
        if (held == Paused)
        {
            if (victim == Victim.Edge)
            {
                await school.Events.Until(jobId, Unknown);
                await school.Events.Until(jobId, Paused);
            }

            await school.ControlAsync("repair");
            await school.ChangeJobAsync(jobId, new { paused = false });
            await school.Events.Until(jobId, PrintJobState.Printing);
        }
        else if (held is Authorizing or Fetching or Verifying or Uploading or Starting && !WasLost)
        {
            await school.Events.Until(jobId, PrintJobState.Printing);
        }

        if (!WasLost)
            await school.ControlAsync("advance?seconds=3000");
        await school.Events.Until(jobId, End);

        // The job ends before the printer's last word may be here; a bed that is cleared before would count for that print only.
        if (!AtRest)
            await school.Events.Until(() => AtRest, "the printer rests");
    }

    private bool AtRest => Is("finished") || Is("stopped") || Is("idle");

    private bool Is(string status) => school.Events.Status.GetProperty("operatingStatus").GetString() == status;
}
