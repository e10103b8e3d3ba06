using System.Diagnostics;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>
/// A program of the product as a process of its own, to be killed. A shell stands between: it kills the program when its own input
/// ends, so that no program outlives a test run that was itself killed. A line of input before that is SIGTERM.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const string Guard =
        """exec 3<&0; "$@" </dev/null & p=$!; { read _ <&3 && kill -TERM $p && read _ <&3; kill -9 $p; } >/dev/null 2>&1 & g=$!; wait $p; r=$?; kill $g 2>/dev/null; exit $r""";

    private readonly Process _shell;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly Task _reading;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChildProcess(string assembly, params IEnumerable<string> arguments)
        : this(["dotnet", "exec", assembly, .. arguments])
    {
    }

    private ChildProcess(IEnumerable<string> command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the guard of the killed process is a POSIX shell");
        _shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Guard, "sh", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _reading = Task.WhenAll(ReadAsync(_shell.StandardOutput), ReadAsync(_shell.StandardError));
    }

    /// <summary>What it wrote so far, on both outputs.</summary>
    public string Output
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>A program that is not the product's.</summary>
    public static ChildProcess Of(string program, params IEnumerable<string> arguments) => new([program, .. arguments]);

    /// <summary>The built program of another project: this one's output lies beside it.</summary>
    public static string Program(string project, string assembly)
    {
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, assembly);
    }

    /// <summary>Waits for a line of output; fails when the process ends before.</summary>
    public async Task<string> LineWith(string text)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
                if (_lines.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
                {
                    return found;
                }
            }

            if (await Task.WhenAny(changed, _reading).WaitAsync(TimeSpan.FromSeconds(90)) == _reading && !changed.IsCompleted)
            {
                Assert.Fail($"the process ended without '{text}': {Output}");
            }
        }
    }

    /// <summary>SIGKILL: nothing is flushed, nobody is told.</summary>
    public async Task KillAsync()
    {
        _shell.StandardInput.Close();
        await ExitAsync();
    }

    /// <summary>SIGTERM: it ends in order.</summary>
    public async Task TerminateAsync()
    {
        await _shell.StandardInput.WriteLineAsync();
        await _shell.StandardInput.FlushAsync();
    }

    /// <summary>Waits for its own end.</summary>
    public async Task<int> ExitAsync()
    {
        await _shell.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(90));
        await _reading;
        return _shell.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_shell.HasExited)
        {
            await KillAsync();
        }

        _shell.Dispose();
    }

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lock (_lock)
            {
                _lines.Add(line);
                _changed.SetResult();
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
