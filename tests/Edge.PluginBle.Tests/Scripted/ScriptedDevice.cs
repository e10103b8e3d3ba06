using Plugin.BLE.Abstractions;
using Plugin.BLE.Abstractions.Contracts;

namespace Dwapi.Edge.PluginBle.Tests.Scripted;

/// <summary>A device of the scripted platform.</summary>
internal sealed class ScriptedDevice : DeviceBase<ScriptedPeripheral>
{
    private readonly Habits _habits;

    public ScriptedDevice(ScriptedAdapter adapter, ScriptedPeripheral peripheral, Habits habits)
        : base(adapter, peripheral) => (_habits, Id, Name) = (habits, peripheral.Id, peripheral.Name);

    public override bool IsConnectable { get; protected set; } = true;

    public override bool SupportsIsConnectable => true;

    public void Update(IReadOnlyList<AdvertisementRecord> records) => (AdvertisementRecords, Rssi) = (records, NativeDevice.Rssi);

    public override Task<bool> UpdateRssiAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public override bool UpdateConnectionParameters(ConnectParameters connectParameters) => false;

    protected override DeviceState GetState() => NativeDevice.IsConnected ? DeviceState.Connected : DeviceState.Disconnected;

    protected override DeviceBondState GetBondState() =>
        _habits == Habits.Apple ? DeviceBondState.NotSupported : NativeDevice.IsBonded ? DeviceBondState.Bonded : DeviceBondState.NotBonded;

    protected override Task<IReadOnlyList<IService>> GetServicesNativeAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IService>>([.. NativeDevice.Services.Select(service => new ScriptedService(this, service, _habits))]);

    protected override Task<IService> GetServiceNativeAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

    protected override Task<int> RequestMtuNativeAsync(int requestValue, CancellationToken cancellationToken) => Task.FromResult(23);

    protected override bool UpdateConnectionIntervalNative(ConnectionInterval interval) => false;
}
