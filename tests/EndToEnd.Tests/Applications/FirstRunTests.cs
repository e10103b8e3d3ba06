using System.Diagnostics;
using Dwapi.EndToEnd.Tests.Hosts;
using Dwapi.Silo.Hosting;

namespace Dwapi.EndToEnd.Tests.Applications;

/// <summary>What a newcomer types first: the real program, its banner, and <c>try</c>.</summary>
public sealed class FirstRunTests
{
    private static string Host => typeof(SiloHost).Assembly.Location;

    [Fact]
    public async Task Decision38And39_Banner_NamesWhatIsInForce_AndTryPrintsMeasurementsButNoToken()
    {
        var data = Directory.CreateTempSubdirectory("dwapi-first-").FullName;
        using var host = Start("--environment", "Development", "--urls", "http://127.0.0.1:0", "--Dwapi:DataDirectory", data, "--Dwapi:Demo", "true");
        try
        {
            var banner = await ReadUntil(host, "-- try");
            Assert.Contains("environment    Development", banner, StringComparison.Ordinal);
            Assert.Contains("actor runtime  " + ActorRuntime.Name, banner, StringComparison.Ordinal);
            Assert.Contains("auto-approval  on for loopback", banner, StringComparison.Ordinal);
            Assert.Contains(data, banner, StringComparison.Ordinal);
            Assert.Contains("curl -H 'Origin: http://localhost' http://127.0.0.1:", banner, StringComparison.Ordinal);
            Assert.DoesNotContain(await File.ReadAllTextAsync(Path.Combine(data, "admin.token"), TestContext.Current.CancellationToken), banner, StringComparison.Ordinal);
            var url = banner.Split("Console: ")[1].Split("/ ")[0];

            using var attempt = Start("try", "--url", url, "--wait", "30");
            var output = await attempt.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await attempt.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Equal(0, attempt.ExitCode);
            Assert.Contains("temperature", output, StringComparison.Ordinal);
            Assert.Contains("bodyMass", output, StringComparison.Ordinal);
            Assert.Contains("rate", output, StringComparison.Ordinal);
            Assert.Contains("systolic", output, StringComparison.Ordinal);
            Assert.Contains("spo2", output, StringComparison.Ordinal);
            Assert.Contains("glucose", output, StringComparison.Ordinal);
            Assert.DoesNotContain("oken", output, StringComparison.Ordinal);
        }
        finally
        {
            host.Kill();
            await host.WaitForExitAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Decision33_DemoEdge_UsesTheRealLink_AlsoWhenOnlyTlsIsBound()
    {
        await using var host = await RunningHost.Start(urls: "https://127.0.0.1:0");
        using var @operator = host.Operator();

        await @operator.EdgeIsConnected("demo");
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Host, .. arguments]) { RedirectStandardOutput = true };
        return Process.Start(start)!;
    }

    private static async Task<string> ReadUntil(Process process, string last)
    {
        var text = "";
        while (!text.Contains(last, StringComparison.Ordinal))
        {
            text += await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) + "\n";
            Assert.False(process.HasExited, text);
        }

        return text;
    }
}
