using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.EndToEnd.Tests.Hosts;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>What 500 printers cost one edge that hears all they push, four times a second each; the figures are in docs/edge.md.</summary>
public sealed class ManyPrintersTests
{
    private const int Printers = 500;

    // What 500 starts leave behind, and the compiler in the background, are no cost of watching.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(40);

    [Fact(Timeout = 900_000)]
    public async Task FiveHundredPrinters_IdleAndPrinting_TakeAPartOfACore()
    {
        Assert.SkipUnless(LongTests.Wanted, "measures processor time and memory: ./test.sh --long runs it");
        await using var host = new HostProcess();
        await host.StartAsync();
        await using var fleet = await VirtualFleet.StartAsync(Printers, Path.Combine(host.DataDirectory, "printers"), timeScale: 1);
        var (config, _) = await EdgeSettings.WriteAsync(host, new { }, fleet.Settings());
        await using var edge = new ChildProcess(ChildProcess.Program("Edge", "dwapi-edge.dll"), "run", "--config", config);
        using var @operator = host.Operator();
        await Eventually.True(async () => await Online(@operator) == Printers, "every printer is online");
        var figures = ProcessFigures.With(config);

        await Task.Delay(Rest, TestContext.Current.CancellationToken);
        var idle = await figures.ShareAsync(Look);
        var idleMemory = figures.ResidentMegabytes;
        await fleet.PrintOnAllAsync(LongPrint(), seconds: 90);
        await Task.Delay(Rest, TestContext.Current.CancellationToken);
        var hostFigures = ProcessFigures.With($"--Dwapi:DataDirectory={host.DataDirectory}");
        var (hostBefore, fleetBefore) = (hostFigures.ProcessorTime, fleet.Figures.ProcessorTime);
        var printing = await figures.ShareAsync(Look);
        var printingMemory = figures.ResidentMegabytes;

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Printers} printers: idle {idle:P1} of a core, {idleMemory:0} MB; all printing {printing:P1}, {printingMemory:0} MB; meanwhile the host {(hostFigures.ProcessorTime - hostBefore) / Look:P0}, the virtual printers {(fleet.Figures.ProcessorTime - fleetBefore) / Look:P0}"));
        Assert.InRange(idle, 0, 0.10);
        Assert.InRange(printing, 0, 0.10);
        Assert.InRange(Math.Max(idleMemory, printingMemory), 1, 200);
    }

    /// <summary>An hour of short moves: position, progress and filament change with every push.</summary>
    private static string LongPrint()
    {
        var gcode = new StringBuilder("M140 S60\nM104 S200\nG28\nM190 S60\nM109 S200\nG92 E0\nG1 X10 Y10 Z0.2 F6000\n");
        for (var i = 1; i <= 18_000; i++)
            gcode.Append(CultureInfo.InvariantCulture, $"G1 X{(i % 2 == 0 ? 10 : 12)} Y{10 + (i % 200)} E{i * 0.05:0.00} F600\n");
        return gcode.ToString();
    }

    private static async Task<int> Online(OperatorClient @operator)
    {
        var printers = await @operator.Http.GetFromJsonAsync<JsonElement>("/api/v1/printers", TestContext.Current.CancellationToken);
        return printers.EnumerateArray().Count(printer => printer.GetProperty("online").GetBoolean());
    }
}
