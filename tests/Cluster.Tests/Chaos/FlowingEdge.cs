using Dwapi.Cluster.Tests.Processes;
using Dwapi.EndToEnd.Tests.Faults;

namespace Dwapi.Cluster.Tests.Chaos;

/// <summary>
/// An edge process whose ward measures at a steady rate, over a line that goes to any web node. Each of its lives goes on with the measurement
/// after the last one that reached the outbox.
/// </summary>
internal sealed class FlowingEdge : IAsyncDisposable
{
    // Longer than a life: the next fault that meets this edge comes before.
    private static readonly TimeSpan LongestLife = ChaosForm.Duration + TimeSpan.FromMinutes(3);

    private readonly int _rate;
    private readonly string _place;
    private readonly string _key;
    private ChildProcess? _process;

    private FlowingEdge(Ward ward, int rate, string key, string place, IEnumerable<Uri> webs)
    {
        Ward = ward;
        Line = new LinkProxy(webs);
        _rate = rate;
        _key = key;
        _place = place;
    }

    public Ward Ward { get; }

    public LinkProxy Line { get; }

    /// <summary>Measurements that had reached the outbox when its last life ended.</summary>
    public long Reached { get; private set; }

    /// <summary>What it wrote in its present life.</summary>
    public string Output => _process?.Output ?? "";

    private string Outbox => _place + ".outbox";

    private string Capture => _place + ".capture";

    /// <summary>Enrols it and begins its first life.</summary>
    public static async Task<FlowingEdge> AddAsync(ClusterOfProcesses cluster, string name, int rate)
    {
        using var server = cluster.Webs[0].Operator();
        var ward = new Ward(ChaosForm.DevicesOfAnEdge, name);
        var edge = new FlowingEdge(ward, rate, await server.AddEdge(name), cluster[name], cluster.Webs.Select(web => web.Url));
        await edge.StartAsync();
        return edge;
    }

    /// <summary>Begins a life.</summary>
    public async Task StartAsync()
    {
        var lines = (int)(_rate * LongestLife.TotalSeconds);
        await WriteCaptureAsync(lines, TimeSpan.FromSeconds(1) / _rate);
        Run();
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        await _process!.KillAsync();
        await NoteReachedAsync();
    }

    /// <summary>SIGTERM.</summary>
    public async Task StopAsync()
    {
        await _process!.TerminateAsync();
        await _process.ExitAsync();
        await NoteReachedAsync();
    }

    /// <summary>Ends the flow with one more measurement of each device, and waits until all is acknowledged.</summary>
    /// <returns>How many measurements there were.</returns>
    public async Task<long> FinishAsync()
    {
        await KillAsync();
        await WriteCaptureAsync(Ward.Devices, TimeSpan.Zero);
        Run("--fast");
        await DrainedAsync();
        await NoteReachedAsync();
        return Reached;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        await Line.DisposeAsync();
    }

    // On a busy machine a backlog takes its time: as long as it shrinks, this waits.
    private async Task DrainedAsync()
    {
        var before = long.MaxValue;
        while (true)
        {
            try
            {
                Assert.Equal(0, await _process!.ExitAsync());
                return;
            }
            catch (TimeoutException)
            {
                var waiting = await EdgeOutbox.Waiting(Outbox);
                Assert.True(waiting < before, $"{waiting} measurements of {Ward.Prefix} wait and nothing moves; its edge said: {Output}");
                before = waiting;
            }
        }
    }

    private void Run(params string[] more) => _process = new ChildProcess(
        ChildProcess.Program("Edge", "dwapi-edge.dll"),
        ["replay", Capture, "--to", Line.Link.ToString(), "--key", _key, "--edge-id", Ward.Prefix, "--outbox", Outbox, .. more]);

    private Task WriteCaptureAsync(int lines, TimeSpan step)
    {
        var start = DateTimeOffset.UtcNow;
        return File.WriteAllLinesAsync(Capture, Enumerable.Range(1, lines).Select(i => Ward.Line(Reached + i, start + (step * i))));
    }

    private async Task NoteReachedAsync()
    {
        var reached = File.Exists(Outbox) ? await EdgeOutbox.Last(Outbox) : 0;
        Assert.True(reached >= Reached, "what had reached the outbox is gone");
        Reached = reached;
        await _process!.DisposeAsync();
        _process = null;
    }
}
