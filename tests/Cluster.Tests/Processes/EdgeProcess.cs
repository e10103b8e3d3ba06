using Dwapi.EndToEnd.Tests.Faults;

namespace Dwapi.Cluster.Tests.Processes;

/// <summary>An edge that plays a capture, with its outbox over all its lives.</summary>
internal sealed class EdgeProcess(string edgeId, string key, string capture, string outbox, Uri server) : IAsyncDisposable
{
    private ChildProcess? _process;

    /// <summary>What it wrote in its present life.</summary>
    public string Output => _process?.Output ?? "";

    /// <summary>Starts it, for the first time or after a kill.</summary>
    public void Start() => _process = new ChildProcess(
        ChildProcess.Program("Edge", "dwapi-edge.dll"),
        "replay", capture, "--to", server.ToString(), "--key", key, "--edge-id", edgeId, "--outbox", outbox, "--fast");

    /// <summary>SIGKILL: nothing is flushed.</summary>
    public Task KillAsync() => _process!.KillAsync();

    /// <summary>Waits until the capture has ended and everything in it is acknowledged.</summary>
    public async Task DeliveredAsync() => Assert.Equal(0, await _process!.ExitAsync());

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }
}
