using System.Diagnostics;
using Dwapi.Edge.DBus;
using Dwapi.Edge.Tests.Support;

namespace Dwapi.Edge.Tests.Bluetooth;

/// <summary>A message bus of the test's own: dbus-daemon (Debian package dbus) on a socket in a temporary folder.</summary>
internal sealed class PrivateBus : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Process _daemon;

    private PrivateBus((string Name, string Command)? service)
    {
        Address = $"unix:path={_folder["bus"]}";
        File.WriteAllText(_folder["bus.conf"], $"""
            <busconfig><listen>{Address}</listen><auth>EXTERNAL</auth>
            <servicedir>{_folder["services"]}</servicedir>
            <policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/></policy></busconfig>
            """);
        Directory.CreateDirectory(_folder["services"]);
        if (service is { } startable)
        {
            File.WriteAllText(
                Path.Combine(_folder["services"], startable.Name + ".service"),
                $"[D-BUS Service]\nName={startable.Name}\nExec=/usr/bin/env {DBusAddress.SystemVariable}={Address} {startable.Command}\n");
        }

        _daemon = Start();
    }

    public string Address { get; }

    /// <summary>Starts one; the test is skipped where there is no dbus-daemon.</summary>
    /// <param name="service">A service that the bus can start: its name and what to run.</param>
    public static async Task<PrivateBus> StartAsync((string Name, string Command)? service = null)
    {
        Assert.SkipUnless(IsInstalled("dbus-daemon"), "dbus-daemon is not installed (Debian package dbus)");
        var bus = new PrivateBus(service);
        await bus._daemon.StandardOutput.ReadLineAsync(Patience.Token);
        return bus;
    }

    /// <summary>A connection for the test itself.</summary>
    public Task<DBusConnection> ConnectAsync() => DBusConnection.OpenAsync(DBusAddress.Parse(Address), TimeProvider.System, Patience.Token);

    public async Task KillAsync()
    {
        _daemon.Kill();
        await _daemon.WaitForExitAsync(Patience.Token);
        File.Delete(_folder["bus"]);
    }

    public async Task StartAgainAsync()
    {
        _daemon.Dispose();
        _daemon = Start();
        await _daemon.StandardOutput.ReadLineAsync(Patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _daemon.Dispose();
        _folder.Dispose();
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    // It prints its address once it listens.
    private Process Start() => Process.Start(new ProcessStartInfo("dbus-daemon", [$"--config-file={_folder["bus.conf"]}", "--nofork", "--nopidfile", "--print-address"])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
