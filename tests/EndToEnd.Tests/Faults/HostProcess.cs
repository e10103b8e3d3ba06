using Dwapi.EndToEnd.Tests.Hosts;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>The host as it is installed, a process of its own: the same data directory and port over all its lives.</summary>
internal sealed class HostProcess(string? dataDirectory = null) : IAsyncDisposable
{
    private readonly int _port = FreePort.Next();
    private ChildProcess? _process;

    public string DataDirectory { get; } = dataDirectory ?? Directory.CreateTempSubdirectory("dwapi-fault-").FullName;

    public Uri Url => new($"http://127.0.0.1:{_port}/");

    public Uri Link => new($"ws://127.0.0.1:{_port}/");

    public string Output => _process?.Output ?? "";

    /// <summary>Starts it and waits until it serves.</summary>
    public async Task StartAsync(params IEnumerable<string> settings)
    {
        _process = new ChildProcess(ChildProcess.Program("Silo", "Dwapi.Silo.dll"), Arguments(settings));
        await _process.LineWith("listening");
    }

    /// <summary>Starts it where it cannot start; its exit code and what it wrote.</summary>
    public async Task<(int ExitCode, string Output)> FailToStartAsync(params IEnumerable<string> settings)
    {
        await using var process = new ChildProcess(ChildProcess.Program("Silo", "Dwapi.Silo.dll"), Arguments(settings));
        return (await process.ExitAsync(), process.Output);
    }

    public OperatorClient Operator() => new(Url, DataDirectory);

    /// <summary>SIGTERM.</summary>
    public Task TerminateAsync() => _process!.TerminateAsync();

    /// <summary>Waits for a line of its output.</summary>
    public Task<string> LineWith(string text) => _process!.LineWith(text);

    /// <summary>Waits for its own end; its exit code.</summary>
    public Task<int> ExitAsync() => _process!.ExitAsync();

    public async Task KillAsync() => await _process!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (dataDirectory is null)
        {
            Directory.Delete(DataDirectory, recursive: true);
        }
    }

    private IEnumerable<string> Arguments(IEnumerable<string> settings) =>
    [
        "--environment", "Production", "--urls", Url.ToString(), $"--Dwapi:DataDirectory={DataDirectory}",
        "--Logging:LogLevel:Default=Warning", .. settings,
    ];
}
