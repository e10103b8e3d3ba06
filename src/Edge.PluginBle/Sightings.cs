using System.Collections.Concurrent;
using Dwapi.Edge.Bluetooth;
using Plugin.BLE.Abstractions;
using Plugin.BLE.Abstractions.Contracts;

namespace Dwapi.Edge.PluginBle;

/// <summary>The devices that were heard of late.</summary>
internal sealed class Sightings(PluginBlePlatform platform, TimeProvider time)
{
    private const int StrongestSignal = 20;

    // Addresses that change every quarter of an hour must not fill the memory.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<ulong, Sighting> _known = new();

    /// <summary>Takes what a device advertises.</summary>
    /// <param name="device">The device.</param>
    /// <param name="wanted">Services that somebody looks for; empty for all.</param>
    /// <returns>What is known of it now, or null if it is not looked for.</returns>
    public Sighting? Note(IDevice device, IReadOnlySet<Guid> wanted)
    {
        var address = DeviceAddress.Of(device);
        var known = _known.GetValueOrDefault(address.Bits);
        var services = AdvertisedData.ServicesOf(device.AdvertisementRecords, platform.ListsAreLittleEndian);
        var now = new Sighting(
            device,
            address,
            NameOf(device, address) ?? known?.Name,
            device.Rssi is < 0 and >= sbyte.MinValue or (> 0 and <= StrongestSignal) ? (short)device.Rssi : null,
            [.. services.Union(known?.Services ?? [])],
            known?.IsPaired,
            time.GetUtcNow());
        var isWanted = wanted.Count == 0 || now.Services.Any(wanted.Contains);

        // Once: Windows looks it up in its registry of devices each time.
        if (isWanted)
            now = now with { IsPaired = now.IsPaired ?? IsBonded(device) };
        _known[address.Bits] = now;
        return isWanted ? now : null;
    }

    /// <summary>A device that was heard.</summary>
    public Sighting? Find(BluetoothAddress address) => _known.GetValueOrDefault(address.Bits);

    /// <summary>There is a bond now.</summary>
    public void NotePaired(BluetoothAddress address)
    {
        if (Find(address) is { } known)
            _known[address.Bits] = known with { IsPaired = true };
    }

    /// <summary>Drops those that were not heard for long.</summary>
    public void ForgetOld()
    {
        var oldest = time.GetUtcNow() - Kept;
        foreach (var old in _known.Where(pair => pair.Value.At < oldest))
            _known.TryRemove(old);
    }

    /// <summary>True if the system has a bond with a device.</summary>
    public static bool IsBonded(IDevice device)
    {
        try
        {
            return device.BondState == DeviceBondState.Bonded;
        }
        catch (Exception)
        {
            // Windows: an object of the device that was let go knows nothing any more.
            return false;
        }
    }

    // Windows makes a name of the address where there is none.
    private static string? NameOf(IDevice device, BluetoothAddress address) =>
        AdvertisedData.NameOf(device.AdvertisementRecords) is { } advertised ? advertised
        : string.IsNullOrEmpty(device.Name) || string.Equals(device.Name, $"Bluetooth {address}", StringComparison.OrdinalIgnoreCase) ? null
        : device.Name;
}
