using System.Net.Http.Json;
using System.Text.Json;
using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.EndToEnd.Tests.Hosts;
using Dwapi.Gotapi.Printing;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>
/// The PWG's sample 3D printer, unmodified (no part of this project): DWAPI_IPP3D names its program <c>ipp3dprinter</c>. Host, content server, edge
/// and printer are processes of their own.
/// </summary>
public sealed class RealIppPrinterTests : IAsyncDisposable
{
    private const string Missing = "Needs DWAPI_IPP3D=PROGRAM, ipp3dprinter of the PWG's ippsample; its libcups must be found (LD_LIBRARY_PATH).";
    private const string Printer = "3dp-sample";

    private readonly TemporaryPlace _place = new();
    private readonly HostProcess _host = new();
    private readonly ContentProcess _content;
    private readonly RealIppPrinter _printer;
    private readonly ApplicationClient _application;
    private readonly PrintEvents _events;
    private OperatorClient? _operator;
    private ChildProcess? _edge;

    public RealIppPrinterTests()
    {
        _content = new ContentProcess(_place["models"]);
        _printer = new RealIppPrinter(Program ?? "", _place["printer"]);
        _application = new ApplicationClient(_host.Url, "https://school.example");
        _events = new PrintEvents(_application, Printer);
    }

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
        await _events.Until(job, PrintJobState.Printing);
        await SeeAsync(() => Progress == 0.25, "a quarter is done");
        await _edge!.KillAsync();
        StartEdge();
        await _events.Until(job, PrintJobState.Unknown);
        await _events.Until(job, PrintJobState.Printing);
        _printer.End();
        await _events.Until(job, PrintJobState.Completed);

        Assert.Contains(onTheWay, _events.StatesOf(job));
        Assert.Equal(1, _printer.Starts);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(_place["models"], "plate.gcode"), Stop), _printer.Printed);
    }

    [Fact(Skip = Missing, SkipUnless = nameof(HasPrinter))]
    public async Task Print_ThatIsStopped_ThatFails_AndThatThePrinterForgets_EndsTruly()
    {
        await StartAsync("Url");

        // The sample prints on to its end, and only then was stopped.
        var stopped = await OrderAsync();
        await _events.Until(stopped, PrintJobState.Printing);
        await _application.Expect("DELETE", School.Path3dp(_application, "printingcommand", Printer) + $"&jobId={stopped}");
        await SeeAsync(() => Is("cancelling"), "the printer is about to stop");
        _printer.End();
        await _events.Until(stopped, PrintJobState.Cancelled);

        await ClearBedAsync();
        var failing = await OrderAsync();
        await _events.Until(failing, PrintJobState.Printing);
        _printer.End(1);
        await _events.Until(failing, PrintJobState.Failed);

        await ClearBedAsync();
        var lost = await OrderAsync();
        await _events.Until(lost, PrintJobState.Printing);
        await _printer.KillAsync();
        await _events.Until(lost, PrintJobState.Unknown);
        await _printer.StartAsync();
        await _events.Until(lost, PrintJobState.Failed);

        Assert.Equal(3, _printer.Starts);
    }

    public async ValueTask DisposeAsync()
    {
        _events.Dispose();
        _application.Dispose();
        _operator?.Dispose();
        if (_edge is not null)
            await _edge.DisposeAsync();
        await _printer.DisposeAsync();
        await _content.DisposeAsync();
        await _host.DisposeAsync();
        _place.Dispose();
    }

    private async Task StartAsync(string fetch)
    {
        await ContentProcess.WriteModelAsync(_place["models"], "plate", 2 << 20);
        await _content.StartAsync();
        await _printer.StartAsync();
        await _host.StartAsync(
            "--Printing:ContentServers:0:Id=models", "--Printing:ContentServers:0:Kind=oauth", $"--Printing:ContentServers:0:Url={_content.Url}content/",
            $"--Printing:ContentServers:0:ClientId={ContentProcess.ClientId}", $"--Printing:ContentServers:0:ClientSecret={ContentProcess.ClientSecret}");
        _operator = _host.Operator();
        await EdgeSettings.WriteAsync(_host, new { }, new { id = "sample", kind = "Ipp", address = _printer.Address, fetch, pollSeconds = 0.2 });
        StartEdge();
        var access = _application.RequestAccess("3dp");
        await _operator.Decide(await _operator.FirstPendingApproval(), approve: true);
        await access;
        await Eventually.True(
            async () => (await _application.Call("GET", School.Path3dp(_application, "status", Printer))).TryGetProperty("3dp", out _), "the printer is known");
        await _events.ConnectAsync();
        await SeeAsync(() => Is("idle"), "the printer is idle");
    }

    private void StartEdge() => _edge = new ChildProcess(
        ChildProcess.Program("Edge", "dwapi-edge.dll"), "run", "--config", Path.Combine(_host.DataDirectory, "edge.json"));

    private async Task<string> OrderAsync()
    {
        var order = $"&uri={_content.Url}content/models/plate/file&fileName={Uri.EscapeDataString("Käse Würfel (1).gcode")}";
        return (await _application.Expect("PUT", School.Path3dp(_application, "printingcommand", Printer) + order)).GetProperty("jobId").GetString()!;
    }

    private async Task ClearBedAsync()
    {
        await SeeAsync(() => Is("stopped"), "the printer has stopped");
        using var cleared = await _operator!.Http.PatchAsJsonAsync($"/api/v1/printers/{Printer}", new { bedCleared = true }, Stop);
        cleared.EnsureSuccessStatusCode();
    }

    // It may be what the last event said.
    private Task SeeAsync(Func<bool> wanted, string what) => wanted() ? Task.CompletedTask : _events.Until(wanted, what);

    private double? Progress => _events.Status.GetProperty("progress") is { ValueKind: JsonValueKind.Number } progress ? progress.GetDouble() : null;

    private bool Is(string status) => _events.Status.ValueKind == JsonValueKind.Object && _events.Status.GetProperty("operatingStatus").GetString() == status;
}
