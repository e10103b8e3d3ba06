using System.Globalization;
using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Link;
using Dwapi.Edge.Outbox;
using Dwapi.Edge.Signals;
using Dwapi.Edge.Sources.Bluetooth;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Edge.Diagnosis;

/// <summary>Looks at everything that an edge needs; leaves everything as it was.</summary>
internal static class Doctor
{
    private const long LeastDisk = 100_000_000;
    private const string MendSettings = "mend them in the file that --config names";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What is well and what is not.</summary>
    public static async Task<IReadOnlyList<Finding>> ExamineAsync(
        EdgeOptions options, RadioFactory radio, TimeProvider time, CancellationToken cancellationToken)
    {
        List<Finding> findings = [Settings(options, out var link)];
        findings.Add(options.Bluetooth.Enabled
            ? await RadioAsync(options.Bluetooth, radio, time, cancellationToken).ConfigureAwait(false)
            : new Finding("bluetooth", true, "off in the settings", "\"bluetooth\": { \"enabled\": true } looks for health devices"));
        findings.Add(Clock(time));
        findings.Add(Disk(EdgeOptionsCheck.DataDirectory(options)));
        findings.Add(Waiting(EdgeOptionsCheck.OutboxPath(options), time));
        if (link is not null)
            findings.Add(await ServerAsync(link, cancellationToken).ConfigureAwait(false));
        return findings;
    }

    private static Finding Settings(EdgeOptions options, out LinkSettings? link)
    {
        link = null;
        try
        {
            link = EdgeOptionsCheck.Link(options);
            EdgeOptionsCheck.Zone(options);
            return new Finding("settings", true, $"edge {options.EdgeId}");
        }
        catch (EdgeOptionsException e)
        {
            return new Finding("settings", false, e.Message, MendSettings);
        }
    }

    private static async Task<Finding> RadioAsync(
        BluetoothOptions options, RadioFactory radio, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        IBluetoothCentral central;
        try
        {
            central = radio(options, time, NullLogger.Instance);
        }
        catch (EdgeOptionsException e)
        {
            return new Finding("bluetooth", false, e.Message, MendSettings);
        }

        var changed = new Pulse();
        var problem = central.Problem;
        var told = false;
        central.StateChanged += () =>
        {
            if (!either.IsCancellationRequested)
                (problem, told) = (central.Problem, central.State == BluetoothState.Unavailable);
            changed.Raise();
        };
        var running = central.RunAsync(HealthServices.Uuids, either.Token);
        while (!either.IsCancellationRequested)
        {
            var next = changed.Next;
            if (central.State == BluetoothState.On || told)
                break;
            await next.WaitAsync(either.Token).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }

        var on = central.State == BluetoothState.On;
        await limit.CancelAsync().ConfigureAwait(false);
        await running.ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        return on ? new Finding("bluetooth", true, "on and scanning") : new Finding("bluetooth", false, "not usable", problem);
    }

    // systemd-timesyncd and chrony's distributions leave this file while the clock is synchronised.
    private static Finding Clock(TimeProvider time)
    {
        const string Synchronised = "/run/systemd/timesync/synchronized";
        var now = time.GetUtcNow();
        if (now.Year < 2026)
            return new Finding("clock", false, now.ToString("u", CultureInfo.InvariantCulture), "set the clock: timedatectl set-ntp true");
        return Directory.Exists(Path.GetDirectoryName(Synchronised)) && !File.Exists(Synchronised)
            ? new Finding(
                "clock", false, "not synchronised", "measurements of devices without a clock get this machine's time: timedatectl set-ntp true")
            : new Finding("clock", true, now.ToString("u", CultureInfo.InvariantCulture));
    }

    private static Finding Disk(string folder)
    {
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
            folder = parent;
        try
        {
            // The only way to know, and gone at once.
            using var probe = new FileStream(
                Path.Combine(folder, $".dwapi-{Guid.NewGuid():N}"),
                new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Finding(
                "disk", false, $"{folder} cannot be written: {e.Message}", "free space, give the edge's user the right to write there, or set dataDirectory");
        }

        var free = new DriveInfo(folder).AvailableFreeSpace;
        var found = string.Create(CultureInfo.InvariantCulture, $"{free / 1_000_000:N0} MB free for {folder}");
        return free >= LeastDisk
            ? new Finding("disk", true, found)
            : new Finding("disk", false, found, "free some space: measurements that find none are lost");
    }

    private static Finding Waiting(string path, TimeProvider time)
    {
        if (!File.Exists(path))
            return new Finding("outbox", true, $"{path} is not there yet");
        try
        {
            var status = OutboxInspector.Read(path);
            var age = status.Oldest is { } oldest ? time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(oldest) : TimeSpan.Zero;
            var found = string.Create(
                CultureInfo.InvariantCulture, $"{status.Waiting} waiting, the oldest for {age.TotalMinutes:0} minutes; {status.Refused} refused");
            return age < TimeSpan.FromHours(1)
                ? new Finding("outbox", true, found)
                : new Finding("outbox", false, found, "the server does not take them: look at the link below, and at the log of the edge");
        }
        catch (OutboxException e)
        {
            return new Finding("outbox", false, e.Message, "see docs/operations.md");
        }
    }

    // Up to the greeting, which would take the place of the edge that runs: address, certificate and path, not the key.
    private static async Task<Finding> ServerAsync(LinkSettings link, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await using var connection = await LinkConnection.OpenAsync(link, limit.Token).ConfigureAwait(false);
            return new Finding("server", true, $"{link.Server.Authority} takes edges; whether it knows the key is in the log of the edge");
        }
        catch (Exception e) when (e is LinkException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Finding(
                "server",
                false,
                $"{link.Server.Authority} is no server for edges ({(e is LinkException ? e.Message : "timed out")})",
                "check the address, the network, the certificate (certificateThumbprint, certificateFile) and the server; measurements wait in the outbox meanwhile");
        }
    }
}
