using System.Globalization;
using System.Text;
using Dwapi.EndToEnd.Tests.Faults;

namespace Dwapi.EndToEnd.Tests.Printing;

/// <summary>The content server as a process of its own, over all its lives: what it serves is a folder, its tokens die with it.</summary>
internal sealed class ContentProcess(string folder) : IAsyncDisposable
{
    public const string ClientId = "host";
    public const string ClientSecret = "the-secret-of-the-host";

    private readonly int _port = FreePort.Next();
    private ChildProcess? _process;

    /// <summary>Settings of a host that has it.</summary>
    /// <param name="url">Where it is, as the host sees it.</param>
    public static string[] SettingsOf(Uri url) =>
    [
        "--Printing:ContentServers:0:Id=models", "--Printing:ContentServers:0:Kind=oauth", $"--Printing:ContentServers:0:Url={url}content/",
        $"--Printing:ContentServers:0:ClientId={ClientId}", $"--Printing:ContentServers:0:ClientSecret={ClientSecret}",
    ];

    public Uri Url => new($"http://127.0.0.1:{_port}/");

    /// <summary>Writes a model that heats, prints for about half a minute, and is as large as wanted: comments fill it.</summary>
    public static async Task WriteModelAsync(string folder, string id, long size)
    {
        Directory.CreateDirectory(folder);
        const string print = "M140 S60\nM104 S200\nG28\nM190 S60\nM109 S200\nG92 E0\nG1 X10 Y10 Z0.2 F6000\nG1 X100 Y10 E5 F600\nG1 X100 Y100 E10\nG1 X10 Y100 E15\nM104 S0\nM140 S0\n";
        var comment = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"; {new string('-', 4000)}\n"));
        await using var file = File.Create(Path.Combine(folder, id + ".gcode"), 1 << 20);
        while (file.Position < size)
            await file.WriteAsync(comment);
        await file.WriteAsync(Encoding.ASCII.GetBytes(print));
    }

    public async Task StartAsync()
    {
        _process = new ChildProcess(
            ChildProcess.Program("ContentServer", "dwapi-content-server.dll"),
            "--urls", Url.ToString(), $"--ContentServer:Folder={folder}", $"--ContentServer:ClientId={ClientId}", $"--ContentServer:ClientSecret={ClientSecret}");
        await _process.LineWith("dwapi-content-server: " + folder);
    }

    public Task KillAsync() => _process!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }
}
