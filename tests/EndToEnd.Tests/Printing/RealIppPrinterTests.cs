using System.Text.Json;
using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.Gotapi.Printing;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>
/// The PWG's sample 3D printer, unmodified (no part of this project): DWAPI_IPP3D names its program <c>ipp3dprinter</c>. Host, content server, edge
/// and printer are processes of their own.
/// </summary>
public sealed class RealIppPrinterTests : IAsyncDisposable
{
    private const string Missing = "Needs DWAPI_IPP3D=PROGRAM, ipp3dprinter of the PWG's ippsample; its libcups must be found (LD_LIBRARY_PATH).";

    private readonly TemporaryPlace _place = new();
    private readonly RealIppPrinter _printer;
    private readonly Workshop _workshop = new();

    public RealIppPrinterTests() => _printer = new RealIppPrinter(Program ?? "", _place["printer"]);

    public static bool HasPrinter => Program is not null;

    private static string? Program => Environment.GetEnvironmentVariable("DWAPI_IPP3D");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Skip = Missing, SkipUnless = nameof(HasPrinter))]
    [InlineData("Url", PrintJobState.Delegated)]
    [InlineData("Edge", PrintJobState.Uploading)]
    public async Task Model_IsPrintedWholeAndOnce_ThoughTheEdgeIsKilledInMidPrint(string fetch, PrintJobState onTheWay)
    {
        await StartAsync(fetch);

        var job = await OrderAsync();
        await _workshop.Events.Until(job, PrintJobState.Printing);
        await _workshop.UntilAsync(() => Progress == 0.25, "a quarter is done");
        await _workshop.KillEdgeAsync();
        _workshop.StartEdge();
        await _workshop.Events.Until(job, PrintJobState.Unknown);
        await _workshop.Events.Until(job, PrintJobState.Printing);
        _printer.End();
        await _workshop.Events.Until(job, PrintJobState.Completed);

        Assert.Contains(onTheWay, _workshop.Events.StatesOf(job));
        Assert.Equal(1, _printer.Starts);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(_workshop.Models, "plate.gcode"), Stop), _printer.Printed);
    }

    [Fact(Skip = Missing, SkipUnless = nameof(HasPrinter))]
    public async Task Print_ThatIsStopped_ThatFails_AndThatThePrinterForgets_EndsTruly()
    {
        await StartAsync("Url");

        // The sample prints on to its end, and only then was stopped.
        var stopped = await OrderAsync();
        await _workshop.Events.Until(stopped, PrintJobState.Printing);
        await _workshop.StopJobAsync(stopped);
        await _workshop.UntilAsync("cancelling");
        _printer.End();
        await _workshop.Events.Until(stopped, PrintJobState.Cancelled);

        await ClearBedAsync();
        var failing = await OrderAsync();
        await _workshop.Events.Until(failing, PrintJobState.Printing);
        _printer.End(1);
        await _workshop.Events.Until(failing, PrintJobState.Failed);

        await ClearBedAsync();
        var lost = await OrderAsync();
        await _workshop.Events.Until(lost, PrintJobState.Printing);
        await _printer.KillAsync();
        await _workshop.Events.Until(lost, PrintJobState.Unknown);
        await _printer.StartAsync();
        await _workshop.Events.Until(lost, PrintJobState.Failed);

        Assert.Equal(3, _printer.Starts);
    }

    public async ValueTask DisposeAsync()
    {
        await _workshop.DisposeAsync();
        await _printer.DisposeAsync();
        _place.Dispose();
    }

    private async Task StartAsync(string fetch)
    {
        await ContentProcess.WriteModelAsync(_workshop.Models, "plate", 2 << 20);
        await _printer.StartAsync();
        await _workshop.StartAsync(new { id = Workshop.PrinterId, kind = "Ipp", address = _printer.Address, fetch, pollSeconds = 0.2 });
        await _workshop.UntilAsync("idle");
    }

    private Task<string> OrderAsync() => _workshop.OrderAsync("plate", "Käse Würfel (1).gcode");

    private async Task ClearBedAsync()
    {
        await _workshop.UntilAsync("stopped");
        await _workshop.ClearBedAsync();
    }

    private double? Progress => _workshop.Events.Status.GetProperty("progress") is { ValueKind: JsonValueKind.Number } progress ? progress.GetDouble() : null;
}
