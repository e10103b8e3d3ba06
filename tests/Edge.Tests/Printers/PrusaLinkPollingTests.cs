using Dwapi.Edge.Printers;
using Dwapi.Edge.Printers.PrusaLink;
using Dwapi.Edge.Resilience;
using Dwapi.Edge.Tests.Printers.Scripted;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>What it costs to ask many printers that do not push.</summary>
public sealed class PrusaLinkPollingTests(ITestOutputHelper output)
{
    private const int Printers = 500;
    private const double MostOfACore = 0.10;

    public static bool IsLong => Environment.GetEnvironmentVariable("DWAPI_LONG_TESTS") == "1";

    [Theory(SkipUnless = nameof(IsLong), Skip = "./test.sh --long runs it")]
    [InlineData("IDLE", 2)]
    [InlineData("PRINTING", 3)]
    public async Task FiveHundredPrinters_AreAskedForLittle(string state, int rounds)
    {
        await using var printer = new CannedPrusaLink(state);
        var policies = new HostPolicies(TimeProvider.System);
        var connectors = Enumerable.Range(0, Printers).Select(number => new PrusaLinkConnector(
            new PrinterOptions { Id = $"p{number}", Kind = PrinterKind.PrusaLink, Address = printer.Address, ApiKey = "k" }, policies, TimeProvider.System)).ToArray();
        var logs = connectors.Select(connector => new ReadingLog(connector)).ToArray();
        var warm = printer.MoreAsync(2 * Printers);
        await Task.WhenAll(logs.Select(log => log.UntilAsync(_ => true)));
        await warm;

        var (began, used, asked) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime, printer.Asked);
        await printer.MoreAsync(rounds * Printers);
        var passed = TimeProvider.System.GetElapsedTime(began);
        var share = (Environment.CpuUsage.TotalTime - used) / passed;

        output.WriteLine($"{Printers} printers, {state}: {share:P1} of a core, {(printer.Asked - asked) / passed.TotalSeconds:0} questions a second");
        foreach (var log in logs)
            await log.DisposeAsync();
        foreach (var connector in connectors)
            await connector.DisposeAsync();
        Assert.InRange(share, 0, MostOfACore);
    }
}
