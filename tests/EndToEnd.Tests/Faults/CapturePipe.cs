using System.Diagnostics;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>A capture file that is written while the edge reads it: a pipe. Closing it ends the capture.</summary>
/// <remarks>To be closed before the edge stops: nobody can interrupt the reading of a pipe.</remarks>
internal sealed class CapturePipe : IAsyncDisposable
{
    private readonly StreamWriter _writer;

    public CapturePipe(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the capture is a named pipe in the file system");
        Path = path;
        using (var made = Process.Start("mkfifo", [path]))
        {
            made.WaitForExit();
            Assert.Equal(0, made.ExitCode);
        }

        // Open for both: neither this side nor the edge waits for the other to open.
        _writer = new StreamWriter(new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite));
    }

    public string Path { get; }

    public Task WriteLineAsync(string line) => _writer.WriteLineAsync(line);

    public Task FlushAsync() => _writer.FlushAsync();

    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
