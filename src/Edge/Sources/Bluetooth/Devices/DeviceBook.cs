using System.Collections.Concurrent;
using System.Text.Json;
using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Files;
using Dwapi.Edge.Signals;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Sources.Bluetooth.Devices;

/// <summary>
/// The devices of this edge: the rules of the operator, and what was heard. A device that nobody has allowed is shown and not connected to.
/// </summary>
/// <param name="folder">Where devices.json and bluetooth.json are.</param>
/// <param name="relayUnknown">True to treat a device without a rule as allowed.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where to.</param>
internal sealed class DeviceBook(string folder, bool relayUnknown, TimeProvider time, ILogger log) : IDevicePolicy
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WritePause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ulong, DeviceSighting> _sightings = new();
    private readonly Lock _noting = new();
    private readonly DeviceRules _rules = new(folder);
    private readonly Pulse _changed = new();
    private string? _toldFault;

    public DeviceRule? RuleOf(BluetoothAdvertisement advertisement)
    {
        var address = advertisement.Address;
        if (Rules() is not { } rules)
            return null;
        var rule = rules.GetValueOrDefault(address.Bits) ?? (relayUnknown ? new DeviceRule { Address = address.ToString() } : null);
        return rule?.Allowed == true ? rule : null;
    }

    public void Heard(BluetoothAdvertisement advertisement)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var bits = advertisement.Address.Bits;
        var allowed = RuleOf(advertisement) is not null;
        lock (_noting)
        {
            if (_sightings.TryGetValue(bits, out var known) && now - known.LastHeard < Fresh.TotalMilliseconds && known.Allowed == allowed)
                return;
            if (known is null && !allowed)
                Log.DeviceUnknown(log, advertisement.Address);
            _sightings[bits] = (known ?? new DeviceSighting { Address = advertisement.Address.ToString(), Kinds = [], LastHeard = now }) with
            {
                Name = advertisement.Name ?? known?.Name,
                Kinds = [.. HealthServices.NamesOf(advertisement.Services)],
                LastHeard = now,
                Rssi = advertisement.Rssi,
                Allowed = allowed,
            };
        }

        _changed.Raise();
    }

    public void Note(BluetoothAddress address, string? serviceId, string state)
    {
        lock (_noting)
        {
            if (!_sightings.TryGetValue(address.Bits, out var known))
                return;
            _sightings[address.Bits] = known with { ServiceId = serviceId ?? known.ServiceId, State = state };
        }

        _changed.Raise();
    }

    /// <summary>Reads what a running edge wrote last.</summary>
    /// <returns>Null if there is nothing.</returns>
    public static BluetoothReport? ReadReport(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(ReportPath(folder)), DeviceFilesJson.Default.BluetoothReport);
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps bluetooth.json up to date until cancelled: after every change, at most once a second.</summary>
    public async Task ReportAsync(IBluetoothCentral central, ConnectionSlots slots, CancellationToken cancellationToken)
    {
        central.StateChanged += _changed.Raise;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var changed = _changed.Next;
                Write(central, slots);
                await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
                await Task.Delay(WritePause, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            Write(central, slots);
        }
        finally
        {
            central.StateChanged -= _changed.Raise;
        }
    }

    private static string ReportPath(string folder) => Path.Combine(folder, "bluetooth.json");

    private IReadOnlyDictionary<ulong, DeviceRule>? Rules()
    {
        try
        {
            var rules = _rules.Read();
            _toldFault = null;
            return rules;
        }
        catch (EdgeOptionsException e)
        {
            // Half a hand-written file must not end the edge. Nobody is allowed by it, also of those without a rule: one of them may have been denied.
            // Said once: it is read again at each advertisement.
            if (Interlocked.Exchange(ref _toldFault, e.Message) != e.Message)
                Log.BluetoothFault(log, e.Message);
            return null;
        }
    }

    private void Write(IBluetoothCentral central, ConnectionSlots slots)
    {
        var report = new BluetoothReport
        {
            Written = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Radio = central.State.ToString(),
            Problem = central.Problem,
            SlotsUsed = slots.Used,
            SlotsFree = slots.Size - slots.Used,
            SlotsWaiting = slots.Waiting,
            Devices = [.. _sightings.Values.OrderBy(sighting => sighting.Address, StringComparer.Ordinal)],
        };
        try
        {
            Directory.CreateDirectory(folder);
            WholeFile.Write(ReportPath(folder), JsonSerializer.SerializeToUtf8Bytes(report, DeviceFilesJson.Default.BluetoothReport));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.BluetoothFault(log, $"{ReportPath(folder)} cannot be written: {e.Message}");
        }
    }
}
