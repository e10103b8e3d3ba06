using Dwapi.EndToEnd.Tests.Faults;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>
/// ipp3dprinter of the PWG over all its lives. What it runs for a print is a script of the test: it notes the start, keeps what came, says that a
/// quarter is done, and prints until it is told how to end.
/// </summary>
internal sealed class RealIppPrinter(string program, string folder) : IAsyncDisposable
{
    private const string Print = """
        #!/bin/sh
        cd "$(dirname "$0")"
        echo "$1" >>starts
        cp "$1" printed
        echo 'ATTR: job-impressions=4 job-impressions-completed=1' >&2
        until [ -e end ]; do kill -0 $PPID || exit; sleep 0.1; done
        read code <end
        rm end
        exit $code

        """;

    private const string Attributes = """
        Attr mimeMediaType document-format-supported application/vnd.pwg-safe-gcode,model/3mf
        Attr keyword material-type-supported pla,abs
        Attr rangeOfInteger platform-temperature-supported 0-100
        Attr text printer-make-and-model "Sample 3D"
        Attr collection printer-volume-supported {
          Member integer x-dimension 22300
          Member integer y-dimension 22300
          Member integer z-dimension 20500
        }

        """;

    private readonly int _port = FreePort.Next();
    private ChildProcess? _process;

    public Uri Address => new($"ipp://localhost:{_port}");

    /// <summary>Prints that were begun.</summary>
    public int Starts => File.Exists(Path.Combine(folder, "starts")) ? File.ReadAllLines(Path.Combine(folder, "starts")).Length : 0;

    /// <summary>The file that was printed last.</summary>
    public byte[] Printed => File.ReadAllBytes(Path.Combine(folder, "printed"));

    public async Task StartAsync()
    {
        Directory.CreateDirectory(Path.Combine(folder, "spool"));
        var (script, attributes) = (Path.Combine(folder, "print"), Path.Combine(folder, "sample.conf"));
        await File.WriteAllTextAsync(script, Print);
        await File.WriteAllTextAsync(attributes, Attributes);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _process = ChildProcess.Of(
            program, "-v", "-r", "off", "-n", "localhost", "-p", $"{_port}", "-d", Path.Combine(folder, "spool"), "-a", attributes, "-c", script, "Sample");
        await _process.LineWith("printer-uri=");
    }

    /// <summary>The print ends; 0 is well.</summary>
    public void End(int code = 0)
    {
        File.WriteAllText(Path.Combine(folder, "end.new"), $"{code}\n");
        File.Move(Path.Combine(folder, "end.new"), Path.Combine(folder, "end"));
    }

    public Task KillAsync() => _process!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }
}
