using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Printing;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Printing;

/// <summary>Jobs whose edge lost them, or never comes back.</summary>
public sealed class LostJobTests : IAsyncLifetime
{
    private static readonly PrintJobTrigger[] ToPrinting =
        [PrintJobTrigger.Fetched, PrintJobTrigger.VerifiedPrintable, PrintJobTrigger.Uploaded, PrintJobTrigger.Started];

    private GrainHost _host = null!;
    private TestPrinter _printer = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await GrainHost.Start([.. TestPrinter.Models, ("Printing:CancelWithin", "00:10:00")]);
        _printer = await TestPrinter.Connect(_host);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Edge_ThatComesBackWithoutTheJob_IsToldItWithNumberStateAndName()
    {
        var number = await _printer.Print("job-1", ToPrinting);
        _printer.Edge.Link.Answer = _ => Task.FromResult(new PluginAnswer(0, "", "", "", default));

        await _printer.Grain.LinkChanged();
        var order = await Eventually.Is(
            () => ValueTask.FromResult(_printer.Edge.Link.Calls.LastOrDefault(call => call.Method == "PUT")), call => Parameter(call, "state") == "printing");

        Assert.Equal(($"{number}", "dwapi-job-1.gcode"), (Parameter(order, "reported"), Parameter(order, "remoteName")));
        Assert.Equal(ReportOutcome.Committed, await _printer.Report("job-1", number + 1, PrintJobTrigger.Lost));
        Assert.Equal(ReportOutcome.Committed, await _printer.Report("job-1", number + 2, PrintJobTrigger.Failed));
        Assert.Equal("", (await _printer.Grain.GetView()).JobId);
    }

    [Fact]
    public async Task Edge_ThatComesBackWithTheJob_IsNotToldItAgain()
    {
        var number = await _printer.Print("job-1", ToPrinting);
        _printer.Edge.Link.Answer = _ => Task.FromResult(Has(number));
        var before = Asked();

        await _printer.Grain.LinkChanged();
        await Eventually.Is(() => ValueTask.FromResult(Asked()), asked => asked > before);
        await _printer.Job("job-1").Cancel("printer", "");

        // Not the last call: the announcement of the printer tells of the link too, whenever it comes, and the job then asks once more.
        var stop = await Eventually.Is(
            () => ValueTask.FromResult(_printer.Edge.Link.Calls.FirstOrDefault(call => call.Method == "DELETE")), call => call is not null);

        Assert.Single(_printer.Edge.Link.Calls, call => call.Method == "PUT");
        Assert.Equal(($"{number}", "cancelling"), (Parameter(stop, "reported"), Parameter(stop, "state")));
    }

    [Fact]
    public async Task Edge_ThatComesBackWithoutTheJobWhileAnOlderAnswerIsOnItsWay_IsToldIt()
    {
        var number = await _printer.Print("job-1", ToPrinting);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var old = new TaskCompletionSource<PluginAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _printer.Edge.Link.Answer = _ =>
        {
            asked.TrySetResult();
            return old.Task;
        };
        await _printer.Job("job-1").LinkUp();
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        _printer.Edge.Link.Answer = _ => Task.FromResult(new PluginAnswer(0, "", "", "", default));
        await _printer.Job("job-1").LinkUp();
        old.SetResult(Has(number));

        await Eventually.Is(
            () => ValueTask.FromResult(_printer.Edge.Link.Calls.LastOrDefault(call => call.Method == "PUT")), call => Parameter(call, "state") == "printing");
    }

    [Fact]
    public async Task Force_OfARunningJob_FreesTheTurn_AsksForTheBed_AndTellsTheEdgeWhenItComes()
    {
        await _printer.Print("job-1", ToPrinting);
        await _printer.Edge.Grain.Disconnect(_printer.Edge.LinkId);

        var answer = await _printer.Job("job-1").Force("printer");
        var view = await _printer.Grain.GetView();
        var entry = (await _printer.Entry("job-1"))!;

        Assert.Equal((0, "", false), (answer.ErrorCode, view.JobId, view.BedCleared));
        Assert.Equal((PrintJobState.Failed, PrintErrorCode.CancelUnconfirmed), (entry.State, entry.Error?.Code));
        Assert.Contains("confirm", entry.Msg, StringComparison.Ordinal);
        var told = await Eventually.Is(_printer.Told, snapshot => snapshot!.Status.Alerts.Length > 0);
        Assert.Equal(AlertSeverity.Error, told!.Status.Alerts[0].Severity);

        await _printer.Edge.Grain.Connect(Some.Hello(_printer.Edge.Key), _host.Client.CreateObjectReference<IEdgeLink>(_printer.Edge.Link), "next");
        await Eventually.Is(() => ValueTask.FromResult(_printer.Edge.Link.Calls.LastOrDefault()), call => call?.Method == "DELETE");
        Assert.Equal(0, (await _printer.Grain.Arrange(new PrinterArrangement(PrinterArrangementKind.BedCleared, "", 1))).ErrorCode);
        await Eventually.Is(_printer.Told, snapshot => snapshot!.Status.Alerts.IsEmpty);
    }

    [Fact]
    public async Task Cancel_ThatNobodyConfirms_FailsAfterTheLimit_AndTheNextJobGetsItsTurnOnceTheBedIsClear()
    {
        await _printer.Print("job-1", ToPrinting);
        await _printer.Order("job-2");
        await _printer.Edge.Grain.Disconnect(_printer.Edge.LinkId);
        await _printer.Job("job-1").Cancel("printer", "");
        Assert.Equal(PrintJobState.Cancelling, (await _printer.Entry("job-1"))!.State);

        // Only the time of day: the job's next look, which comes every 5 s, finds the limit passed.
        _host.Clock.Set(TimeSpan.FromMinutes(9));
        await _printer.Job("job-1").LinkUp();
        Assert.Equal(PrintJobState.Cancelling, (await _printer.Entry("job-1"))!.State);
        _host.Clock.Set(TimeSpan.FromMinutes(1));
        await _printer.Job("job-1").LinkUp();
        await _printer.Is("job-1", PrintJobState.Failed);

        Assert.Equal(("", false), await _printer.Grain.GetView() is var view ? (view.JobId, view.BedCleared) : default);
        await _printer.Grain.Arrange(new PrinterArrangement(PrinterArrangementKind.BedCleared, "", 1));
        await Eventually.Is(() => _printer.Grain.GetView(), view => view.JobId == "job-2");
    }

    [Fact]
    public async Task Force_OfAWaitingJob_IsACancel_AndOfAnUnknownOneAnError()
    {
        await _printer.Print("job-1");
        await _printer.Order("job-2");

        Assert.Equal(0, (await _printer.Job("job-2").Force("printer")).ErrorCode);
        Assert.Equal(PrintJobState.Cancelled, (await _printer.Entry("job-2"))!.State);
        Assert.Equal("job-1", (await _printer.Grain.GetView()).JobId);
        Assert.Equal(10, (await _printer.Job("job-3").Force("printer")).ErrorCode);
    }

    private static PluginAnswer Has(long number) => new(
        0, "", "", "", System.Text.Encoding.UTF8.GetBytes($"\"known\":true,\"job\":{{\"jobId\":\"job-1\",\"number\":{number},\"trigger\":\"started\",\"at\":1}}"));

    private int Asked() => _printer.Edge.Link.Calls.Count(call => call.Method == "GET");

    private static string? Parameter(PluginCall? call, string name) => call?.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Value;
}
