using System.Diagnostics;
using Dwapi.Cluster.Tests.Processes;
using Dwapi.EndToEnd.Tests.Faults;
using Npgsql;

namespace Dwapi.Cluster.Tests.Chaos;

/// <summary>Three silos, two web nodes, two edges that measure all the time, and applications that watch: to be broken, and looked at afterwards.</summary>
internal sealed class ChaosCluster : IAsyncDisposable
{
    private const int SocketsOfAnOrigin = 50;

    // As applications come in the morning: not all in one second.
    private const int SocketsAtATime = 50;

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _end = new();
    private readonly List<FlowingEdge> _edges = [];
    private readonly List<WardApplication> _applications = [];
    private Task _running = Task.CompletedTask;

    private ChaosCluster(ClusterOfProcesses processes) => Processes = processes;

    public ClusterOfProcesses Processes { get; }

    public IReadOnlyList<FlowingEdge> Edges => _edges;

    public ChaosReport Report { get; } = new();

    private Uri[] Webs => [.. Processes.Webs.Select(web => web.Url)];

    private IEnumerable<string> Services => _edges.SelectMany(edge => Enumerable.Range(0, edge.Ward.Devices).Select(edge.Ward.ServiceOf));

    /// <summary>Starts it; every device has a result and every application its first event when this returns.</summary>
    /// <param name="sockets">Sockets, evenly over the devices.</param>
    /// <param name="rate">Measurements a second of each of the two edges.</param>
    public static async Task<ChaosCluster> StartAsync(int sockets, int rate)
    {
        var cluster = new ChaosCluster(await ClusterOfProcesses.StartAsync(
            silos: 3,
            webs: 2,
            "--Gotapi:Approvals:0:Origins:0=loopback",
            "--Gotapi:Approvals:0:Scopes:0=*",
            "--Gotapi:AuthorizationsPerMinute=100000"));
        try
        {
            await cluster.FillAsync(sockets, rate);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks every device until each has answered.</summary>
    /// <param name="answered">Is told for each how long that took from now on; null while processes still start, which nothing is promised of.</param>
    public async Task AllAnswerAsync(Action<TimeSpan>? answered = null)
    {
        var since = Stopwatch.GetTimestamp();
        await Task.WhenAll(Services.Select(AnswersAsync));

        async Task AnswersAsync(string service)
        {
            // A question to the dead silo waits for as long as a call may take: others follow it, at the other web node.
            var asked = new List<Task<bool>>();
            using var timer = new PeriodicTimer(AskAgain);
            do
            {
                var question = _applications[0].AsksAsync(Webs[asked.Count % Webs.Length], service);
                asked.Add(question);
                var tick = timer.WaitForNextTickAsync(TestContext.Current.CancellationToken).AsTask();
                if (await Task.WhenAny(question, tick) == tick || !await question)
                {
                    await tick;
                }
            }
            while (!asked.Exists(static question => question is { IsCompletedSuccessfully: true, Result: true }));
            answered?.Invoke(Stopwatch.GetElapsedTime(since));
        }
    }

    /// <summary>Ends the flow; then everything that was measured is stored once, in order, and every application has had it.</summary>
    public async Task HoldsEverythingAsync()
    {
        var measured = await Task.WhenAll(_edges.Select(edge => edge.FinishAsync()));
        foreach (var (edge, lines) in _edges.Zip(measured))
        {
            using var server = Processes.Webs[0].Operator();
            await new Ledger(server, edge.Ward).HoldsExactly(lines);
            for (var device = 0; device < edge.Ward.Devices; device++)
            {
                var (service, count) = (edge.Ward.ServiceOf(device), edge.Ward.CountOf(device, lines));
                foreach (var application in _applications.Where(application => application.ServiceId == service))
                {
                    await Eventually.True(() => application.Last == count, $"an application has all {count} of {service}, it has {application.Last}; {Report}");
                }
            }
        }

        Assert.Equal(measured.Sum(), await RowsAsync());
        TestContext.Current.TestOutputHelper!.WriteLine($"{measured.Sum()} measurements acknowledged, 0 lost, 0 doubled");
    }

    public async ValueTask DisposeAsync()
    {
        TestContext.Current.TestOutputHelper!.WriteLine(Report.ToString());
        await _end.CancelAsync();
        await _running;
        foreach (var edge in _edges)
        {
            await edge.DisposeAsync();
        }

        await Processes.DisposeAsync();
        _end.Dispose();
    }

    private async Task FillAsync(int sockets, int rate)
    {
        foreach (var name in (string[])["north", "south"])
        {
            _edges.Add(await FlowingEdge.AddAsync(Processes, name, rate));
        }

        var services = Services.ToArray();
        for (var i = 0; i < sockets; i++)
        {
            _applications.Add(await WardApplication.GrantAsync(
                Webs, services[i % services.Length], $"http://localhost:{8000 + (i / SocketsOfAnOrigin)}", Report));
        }

        await AllAnswerAsync();
        var running = new List<Task>();
        foreach (var some in _applications.Chunk(SocketsAtATime))
        {
            running.AddRange(some.Select(application => application.RunAsync(_end.Token)));
            _running = Task.WhenAll(running);
            await Eventually.True(() => Array.TrueForAll(some, application => application.Last > 0), "every application has its first event");
        }
    }

    private async Task<long> RowsAsync()
    {
        await using var source = NpgsqlDataSource.Create(Processes.Database + ";Pooling=false");
        await using var rows = source.CreateCommand("SELECT count(*) FROM measurement");
        return (long)(await rows.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
