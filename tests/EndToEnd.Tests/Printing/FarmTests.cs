using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.EndToEnd.Tests.Hosts;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>A farm: every job that was ordered is printed once, on its printer, and nothing stays in a queue. 1,000 printers and 5,000 jobs in the long form.</summary>
public sealed class FarmTests : IAsyncLifetime
{
    private const int JobsEach = 5;

    private static readonly int Printers = LongTests.Wanted ? 1000 : 20;
    private static readonly int Edges = LongTests.Wanted ? 2 : 1;
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(2);

    private readonly TemporaryPlace _place = new();
    private readonly HostProcess _host = new();
    private readonly List<ChildProcess> _edges = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = 900_000)]
    public async Task Jobs_OfAFarm_AreAllPrintedOnce_AndNoneIsStuck()
    {
        var models = _place["models"];
        await ContentProcess.WriteModelAsync(models, "plate", 16 * 1024);
        await using var content = new ContentProcess(models);
        await content.StartAsync();
        await _host.StartAsync(ContentProcess.SettingsOf(content.Url));
        await using var fleet = await VirtualFleet.StartAsync(Printers, _place["printers"], timeScale: 5000);
        using var @operator = _host.Operator();
        await StartEdges(fleet);
        await Eventually.True(async () => (await Queues(@operator)).Count(printer => printer.Online) == Printers, "every printer is online");
        await ForAll(async printer => (await @operator.Http.PatchAsJsonAsync($"/api/v1/printers/{printer}", new { clearsItself = true }, Stop)).EnsureSuccessStatusCode());
        using var application = await Approved(@operator);

        var clock = Stopwatch.StartNew();
        var ordered = new ConcurrentDictionary<string, string>();
        for (var i = 0; i < JobsEach; i++)
        {
            await ForAll(async printer =>
            {
                var order = School.Path3dp(application, "printingcommand", printer) + "&uri=" + Uri.EscapeDataString($"{content.Url}content/models/plate/file");
                Assert.True(ordered.TryAdd((await application.Expect("PUT", order)).GetProperty("jobId").GetString()!, printer));
            });
        }

        var orderedAfter = clock.Elapsed;
        await UntilNoneWaits(@operator);

        var took = clock.Elapsed;
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Printers} printers, {ordered.Count} jobs: ordered in {orderedAfter.TotalSeconds:0.0} s, printed in {took.TotalSeconds:0.0} s; {Figures(fleet)}"));
        for (var i = 0; i < Printers; i++)
        {
            var prints = await fleet.PrintsAsync(fleet.Addresses[i]);
            Assert.Equal(JobsEach, prints.Count);
            Assert.All(prints, print => Assert.Equal("completed", print.Status));
            foreach (var (file, _) in prints)
                Assert.True(ordered.TryRemove(file["dwapi-".Length..^"-file.gcode".Length], out var printer) && printer == NameOf(i), $"{file} on {NameOf(i)}");
        }

        Assert.Empty(ordered);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var edge in _edges)
            await edge.DisposeAsync();
        await _host.DisposeAsync();
        _place.Dispose();
    }

    private static string NameOf(int printer) => string.Create(CultureInfo.InvariantCulture, $"3dp-{printer:0000}");

    private static Task ForAll(Func<string, Task> act) => Parallel.ForEachAsync(
        Enumerable.Range(0, Printers), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Stop }, async (printer, _) => await act(NameOf(printer)));

    private static async Task<List<(bool Online, int Waiting)>> Queues(OperatorClient @operator)
    {
        var printers = await @operator.Http.GetFromJsonAsync<JsonElement>("/api/v1/printers", Stop);
        return [.. printers.EnumerateArray().Select(printer => (
            printer.GetProperty("online").GetBoolean(),
            printer.GetProperty("queue").EnumerateArray().Count(entry => entry.GetProperty("state").GetString() is not ("completed" or "failed" or "cancelled"))))];
    }

    /// <summary>Waits until every queue is empty; fails once nothing moves any more.</summary>
    private static async Task UntilNoneWaits(OperatorClient @operator)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(LongTests.Wanted ? 5000 : 200));
        var (least, since) = (int.MaxValue, Stopwatch.StartNew());
        while (await timer.WaitForNextTickAsync(Stop))
        {
            var waiting = (await Queues(@operator)).Sum(printer => printer.Waiting);
            if (waiting == 0)
                return;
            if (waiting < least)
                (least, since) = (waiting, Stopwatch.StartNew());
            Assert.True(since.Elapsed < Stuck, $"{waiting} jobs are stuck");
        }
    }

    private async Task StartEdges(VirtualFleet fleet)
    {
        foreach (var (index, printers) in fleet.Settings().Chunk(Printers / Edges).Index())
        {
            var (config, _) = await EdgeSettings.WriteAsync(_host, $"hall-{index}", $"hall-{index}", new { }, printers);
            _edges.Add(new ChildProcess(ChildProcess.Program("Edge", "dwapi-edge.dll"), "run", "--config", config));
        }
    }

    private async Task<ApplicationClient> Approved(OperatorClient @operator)
    {
        var application = new ApplicationClient(_host.Url, "https://farm.example");
        var access = application.RequestAccess("3dp");
        await @operator.Decide(await @operator.FirstPendingApproval(), approve: true);
        await access;
        return application;
    }

    private string Figures(VirtualFleet fleet)
    {
        string Of(string name, ProcessFigures figures) =>
            string.Create(CultureInfo.InvariantCulture, $"{name} {figures.ProcessorTime.TotalSeconds:0} s of CPU and {figures.ResidentMegabytes:0} MB");

        return string.Join(
            ", ",
            [
                Of("host", ProcessFigures.With($"--Dwapi:DataDirectory={_host.DataDirectory}")),
                .. _edges.Select((_, index) => Of($"edge {index}", ProcessFigures.With(Path.Combine(_host.DataDirectory, $"hall-{index}.json")))),
                Of("virtual printers", fleet.Figures),
            ]);
    }
}
