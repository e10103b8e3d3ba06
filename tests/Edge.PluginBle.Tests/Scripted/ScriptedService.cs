using Dwapi.Edge.Gatt;
using Plugin.BLE.Abstractions;
using Plugin.BLE.Abstractions.Contracts;

namespace Dwapi.Edge.PluginBle.Tests.Scripted;

/// <summary>A service of the scripted platform.</summary>
internal sealed class ScriptedService(ScriptedDevice device, Guid id, Habits habits) : ServiceBase<ScriptedPeripheral>(device, device.NativeDevice)
{
    public override Guid Id => id;

    public override bool IsPrimary => true;

    protected override Task<IList<ICharacteristic>> GetCharacteristicsNativeAsync(CancellationToken cancellationToken) =>
        NativeService.Kept.Contains(id)
            ? throw new InvalidOperationException("[GetCharacteristicsNativeAsync] failed with status: AccessDenied")
            : Task.FromResult<IList<ICharacteristic>>(
            [
                .. NativeService.Values.Where(value => GattUuid.Of(value.Staged.Service) == id).Select(value => new ScriptedCharacteristic(this, value, habits)),
            ]);
}
