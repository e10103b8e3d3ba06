using System.Diagnostics;
using Dwapi.Edge.Tests.Support;

namespace Dwapi.Edge.Tests.Hosting;

public sealed class KilledEdgeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Kill_InFullFlow_LosesNothingAndNumbersWithoutHole()
    {
        await using var server = await AckingServer.StartAsync();
        using (var first = Simulate(server, "--rate", "2000", "--devices", "40"))
        {
            await server.ReachAsync(500);
            first.Kill();
            await first.WaitForExitAsync(Patience.Token);
        }

        using var second = Simulate(server, "--rate", "2000", "--devices", "40", "--count", "200");
        await second.WaitForExitAsync(Patience.Token);

        Assert.Equal(0, second.ExitCode);
        var items = server.Items();
        Assert.True(items.Count >= 700, "what the second run measured is missing");
        Assert.Equal(Enumerable.Range(1, items.Count).Select(i => (long)i), items.Select(item => item.Key));
    }

    public void Dispose() => _folder.Dispose();

    private Process Simulate(AckingServer server, params string[] options) => Process.Start(
        "dotnet",
        [
            EdgeProgram.Path, "simulate", "--to", server.Address.ToString(), "--key", "k", "--outbox", _folder["outbox"],
            .. options,
        ]);
}
