using System.Diagnostics;
using Dwapi.Edge.Tests.Support;

namespace Dwapi.Edge.Tests.VirtualPrinters;

/// <summary>The verb, as the program has it beside those of the edge.</summary>
public sealed class VirtualPrinterCommandTests
{
    [Theory]
    [InlineData("virtual-printer", "--time-scale")]
    [InlineData("run", "--config")]
    public async Task Help_OfTheProgram_KnowsTheVerb(string verb, string option)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [EdgeProgram.Path, verb, "--help"]) { RedirectStandardOutput = true })!;
        var output = await program.StandardOutput.ReadToEndAsync(Patience.Token);
        await program.WaitForExitAsync(Patience.Token);

        Assert.Equal(0, program.ExitCode);
        Assert.Contains(option, output, StringComparison.Ordinal);
        Assert.Contains("--json", output, StringComparison.Ordinal);
    }
}
