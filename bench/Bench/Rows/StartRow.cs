using System.Diagnostics;
using Dwapi.Bench.Load;
using Dwapi.Bench.Results;
using Dwapi.Bench.Servers;

namespace Dwapi.Bench.Rows;

/// <summary>From the start of the process to its first answer, and what it uses when 100 devices are there and say nothing.</summary>
internal sealed class StartRow : IRow
{
    private const int Devices = 100;

    public string Name => "start";

    public string Summary => "start to first answer; idle CPU with 100 quiet devices";

    public async IAsyncEnumerable<Figure> Measure(BenchOptions options)
    {
        var seconds = new List<(double Wall, double Cpu)>();
        for (var round = 0; round < options.Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            using var host = await ProductHost.Start(probed: false);
            seconds.Add((Stopwatch.GetElapsedTime(start).TotalSeconds, host.Server.CpuSeconds));
        }

        yield return Figure.Of(Name, "start to first answer", "s", seconds.Select(s => s.Wall), Bound.ValueAtMost(1), Bound.ValueAtMost(0.5));
        yield return Figure.Of(Name, "  CPU of it", "s", seconds.Select(s => s.Cpu));
        yield return await Idle(options);
    }

    private async Task<Figure> Idle(BenchOptions options)
    {
        using var host = await ProductHost.Start(probed: false);
        await using var link = await EdgeLink.Open(host.Port, "/gotapi/plugin", "bench", await host.AddEdge("bench"));
        await link.Announce(0, Devices);
        await link.SendOnce(HeartRates.Items(Devices));

        // What ran at the start is still being compiled for a while.
        await Task.Delay(TimeSpan.FromSeconds(options.Quick ? 30 : 60));
        var percent = new List<double>();
        for (var round = 0; round < options.Rounds; round++)
        {
            // Two pings a part, as an idle edge sends them.
            var cpu = host.Server.CpuSeconds;
            var start = Stopwatch.GetTimestamp();
            for (var ping = 0; ping < 2; ping++)
            {
                await link.Ping();
                await Task.Delay(TimeSpan.FromSeconds(5));
            }

            percent.Add((host.Server.CpuSeconds - cpu) / Stopwatch.GetElapsedTime(start).TotalSeconds * 100);
        }

        return Figure.Of(Name, "idle CPU, 100 quiet devices", "% of a core", percent, Bound.ValueAtMost(0.5));
    }
}
