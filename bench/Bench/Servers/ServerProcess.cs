using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dwapi.Bench.Servers;

/// <summary>A server in a process of its own, so that its CPU seconds and its memory are its own too.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _probe;
    private readonly StringBuilder _output = new();

    private ServerProcess(Process process, string probe)
    {
        _process = process;
        _probe = probe;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>CPU seconds that the server has used, all threads.</summary>
    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Starts an assembly under the same dotnet as this one.</summary>
    /// <param name="assembly">Path of its dll.</param>
    /// <param name="directory">A directory of its own.</param>
    /// <param name="probed">True to be able to ask for <see cref="MemoryAsync"/>.</param>
    /// <param name="arguments">Its command line.</param>
    public static ServerProcess Start(string assembly, string directory, bool probed, params IEnumerable<string> arguments)
    {
        var probe = Path.Combine(directory, "probe");
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(assembly)!,
        };
        start.ArgumentList.Add(assembly);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        if (probed)
        {
            start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
            start.Environment[StartupHook.SocketVariable] = probe;
        }

        return new ServerProcess(new Process { StartInfo = start }, probe);
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Tries until an action succeeds or the server has ended.</summary>
    public async Task Until(Func<Task<bool>> ready)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await ready())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(start) > StartWithin)
            {
                throw new InvalidOperationException("A server did not start:\n" + Said());
            }

            await Task.Delay(1);
        }
    }

    /// <summary>What the server uses after a full collection.</summary>
    public async Task<Memory> MemoryAsync()
    {
        using var asking = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await asking.ConnectAsync(new UnixDomainSocketEndPoint(_probe));
        var answer = new byte[256];
        var length = await asking.ReceiveAsync(answer);
        var numbers = Encoding.ASCII.GetString(answer, 0, length).Split(' ').Select(n => long.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        return new Memory(numbers[0], numbers[1], numbers[2]);
    }

    /// <summary>What it printed.</summary>
    public string Said()
    {
        lock (_output)
        {
            return _output.ToString();
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Note(string? line)
    {
        lock (_output)
        {
            if (line is not null && _output.Length < 8192)
            {
                _output.AppendLine(line);
            }
        }
    }
}
