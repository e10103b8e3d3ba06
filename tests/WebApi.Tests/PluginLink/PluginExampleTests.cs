using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dwapi.Tests;

namespace Dwapi.WebApi.Tests.PluginLink;

/// <summary>docs/examples: a plug-in in another language, written from the document alone.</summary>
public sealed class PluginExampleTests(LinkHost host) : IClassFixture<LinkHost>
{
    [Fact]
    public async Task PythonPlugIn_WithAKey_BringsItsThermometerAndItsValues()
    {
        var key = await host.EnrolAsync("py");

        var (exit, output) = await RunAsync("py", key, "36.4", "37.25");

        Assert.True(exit == 0, output);
        Assert.Contains("all acknowledged", output, StringComparison.Ordinal);
        var shot = await host.Device("python-thermometer-py").GetLatest("thermometer");
        Assert.Equal("Thermometer in Python", shot.Registration!.Name);
        Assert.Equal(2, shot.Head);
        Assert.Contains("\"value\": 37.25, \"mderFloat\": \"FE000E8D\"", Encoding.UTF8.GetString(shot.Latest!.Quantities.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PythonPlugIn_WithoutARightKey_EndsWithTheReason()
    {
        var (exit, output) = await RunAsync("py-none", "default.py-none.wrong");

        Assert.Equal(1, exit);
        Assert.Contains("ERROR", output, StringComparison.Ordinal);
    }

    private async Task<(int Exit, string Output)> RunAsync(string edgeId, string key, params string[] values)
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            Path.Combine(Repository.Root, "docs", "examples", "plugin.py"),
            host.Address.Host, host.Address.Port.ToString(CultureInfo.InvariantCulture), edgeId, key, .. values,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        Process? started;
        try
        {
            started = Process.Start(start);
        }
        catch (Win32Exception)
        {
            Assert.Skip("python3 is not installed.");
            return default;
        }

        using var process = started!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
