using Dwapi.Edge.Tests.Bluetooth.Contract;
using Plugin.BLE.Abstractions;
using Plugin.BLE.Abstractions.Contracts;

namespace Dwapi.Edge.PluginBle.Tests.Scripted;

/// <summary>The adapter of the scripted platform.</summary>
internal sealed class ScriptedAdapter(Habits habits) : AdapterBase
{
    private TaskCompletionSource _scanStarted = New();

    /// <summary>Services of the present filter; null without one.</summary>
    public Guid[]? Filter { get; private set; }

    /// <summary>What the next start of a scan throws.</summary>
    public Exception? ScanFault { get; set; }

    /// <summary>Starts of scans so far.</summary>
    public int Scans { get; private set; }

    /// <summary>Ends at the next start of a scan.</summary>
    public Task NextScan => Volatile.Read(ref _scanStarted).Task;

    /// <summary>A packet of a device.</summary>
    public void Hear(ScriptedPeripheral peripheral, IReadOnlyList<AdvertisementRecord> records, params Guid[] services)
    {
        if (!IsScanning || (Filter is { } filter && !(habits == Habits.Windows ? filter.All(services.Contains) : filter.Any(services.Contains))))
            return;
        var device = DiscoveredDevicesRegistry.GetValueOrDefault(peripheral.Id) as ScriptedDevice ?? new ScriptedDevice(this, peripheral, habits);
        device.Update(records);
        HandleDiscoveredDevice(device);
    }

    /// <summary>The device, or its distance, ends the connection.</summary>
    public void Drop(ScriptedPeripheral peripheral)
    {
        foreach (var (key, device) in ConnectedDeviceRegistry.Where(pair => pair.Value.Id == peripheral.Id))
        {
            (peripheral.IsConnected, peripheral.IsHeld) = (false, false);
            ConnectedDeviceRegistry.TryRemove(key, out _);
            device.ClearServices();
            HandleDisconnectedDevice(habits == Habits.Android, device);
        }
    }

    public void DropAll()
    {
        foreach (var device in ConnectedDevices.Cast<ScriptedDevice>())
            Drop(device.NativeDevice);
    }

    public override async Task BondAsync(IDevice device)
    {
        if (habits == Habits.Apple)
            throw new NotSupportedException();
        var peripheral = ((ScriptedDevice)device).NativeDevice;
        await Task.Yield();
        peripheral.IsBonded = peripheral.CanBond;
        if (!peripheral.IsBonded && habits == Habits.Android)
            throw new InvalidOperationException("Bonding failed.");
    }

    public override Task<IDevice> ConnectToKnownDeviceNativeAsync(Guid deviceGuid, ConnectParameters connectParameters, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override IReadOnlyList<IDevice> GetSystemConnectedOrPairedDevices(Guid[]? services) => [];

    public override IReadOnlyList<IDevice> GetKnownDevicesByIds(Guid[] ids) => [];

    protected override IReadOnlyList<IDevice> GetBondedDevices() => [];

    protected override Task StartScanningForDevicesNativeAsync(ScanFilterOptions? scanFilterOptions, bool allowDuplicatesKey, CancellationToken scanCancellationToken)
    {
        Scans++;
        if (ScanFault is { } fault)
            throw fault;
        Filter = scanFilterOptions?.ServiceUuids;
        Interlocked.Exchange(ref _scanStarted, New()).SetResult();
        return Task.CompletedTask;
    }

    protected override void StopScanNative()
    {
    }

    protected override Task ConnectToDeviceNativeAsync(IDevice device, ConnectParameters connectParameters, CancellationToken cancellationToken)
    {
        var scripted = (ScriptedDevice)device;
        var peripheral = scripted.NativeDevice;
        var key = habits == Habits.Android ? peripheral.Address : device.Id.ToString();
        var isListed = habits == Habits.Windows && ConnectedDeviceRegistry.ContainsKey(key);
        peripheral.IsHeld = true;
        if (habits == Habits.Windows)
            ConnectedDeviceRegistry[key] = device;
        else
            cancellationToken.Register(() => peripheral.IsHeld = false);
        return isListed ? Task.CompletedTask : Task.Run(() => Answer(scripted, key), CancellationToken.None);
    }

    protected override void DisconnectDeviceNative(IDevice device)
    {
        var peripheral = ((ScriptedDevice)device).NativeDevice;
        var wasConnected = peripheral.IsConnected;
        (peripheral.IsConnected, peripheral.IsHeld) = (false, false);
        device.ClearServices();
        if (!wasConnected && habits == Habits.Windows)
            return;
        foreach (var pair in ConnectedDeviceRegistry.Where(pair => pair.Value.Id == peripheral.Id))
            ConnectedDeviceRegistry.TryRemove(pair);
        HandleDisconnectedDevice(true, device);
    }

    private void Answer(ScriptedDevice device, string key)
    {
        var peripheral = device.NativeDevice;
        switch (peripheral.OnConnect)
        {
            case StagedConnect.Accepted:
                peripheral.IsConnected = true;
                ConnectedDeviceRegistry[key] = device;
                HandleConnectedDevice(device);
                break;
            case StagedConnect.Refused:
                peripheral.IsHeld = false;
                ConnectedDeviceRegistry.TryRemove(key, out _);
                HandleConnectionFail(device, "GattCallback error: 133");
                break;
        }

        peripheral.Tried.TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
