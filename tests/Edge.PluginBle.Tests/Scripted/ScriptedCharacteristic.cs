using Dwapi.Edge.Gatt;
using Dwapi.Edge.Tests.Bluetooth.Contract;
using Plugin.BLE.Abstractions;
using Plugin.BLE.Abstractions.Contracts;
using Plugin.BLE.Abstractions.EventArgs;
using Plugin.BLE.Abstractions.Exceptions;

namespace Dwapi.Edge.PluginBle.Tests.Scripted;

/// <summary>A characteristic of the scripted platform.</summary>
internal sealed class ScriptedCharacteristic(IService service, ScriptedValue value, Habits habits) : CharacteristicBase<ScriptedValue>(service, value)
{
    private byte[] _value = [];

    public override event EventHandler<CharacteristicUpdatedEventArgs>? ValueUpdated;

    public override Guid Id => GattUuid.Of(NativeCharacteristic.Staged.Number);

    public override string Uuid => Id.ToString();

    public override byte[] Value => _value;

    // With a bit that the edge does not know: it has extended properties.
    public override CharacteristicPropertyType Properties =>
        (CharacteristicPropertyType)NativeCharacteristic.Staged.Properties | CharacteristicPropertyType.ExtendedProperties;

    protected override Task<IReadOnlyList<IDescriptor>> GetDescriptorsNativeAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IDescriptor>>([]);

    protected override async Task<(byte[] data, int resultCode)> ReadNativeAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (NativeCharacteristic.Refusals.TryGetValue(StagedOperation.Read, out var code))
            return habits == Habits.Windows ? throw new CharacteristicReadException(TextOf(code)) : ([], code);
        if (habits == Habits.Apple)
            Update(NativeCharacteristic.Staged.Value);
        return (NativeCharacteristic.Staged.Value, 0);
    }

    protected override async Task<int> WriteNativeAsync(byte[] data, CharacteristicWriteType writeType, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (NativeCharacteristic.Refusals.TryGetValue(StagedOperation.Write, out var code))
            return habits == Habits.Windows ? throw new InvalidOperationException(TextOf(code)) : code;
        NativeCharacteristic.Write(data);
        return 0;
    }

    protected override async Task StartUpdatesNativeAsync(CancellationToken cancellationToken)
    {
        NativeCharacteristic.Sent -= Update;
        NativeCharacteristic.Sent += Update;
        await Task.Yield();
        if (NativeCharacteristic.Refusals.TryGetValue(StagedOperation.Subscribe, out var code))
            throw new InvalidOperationException(TextOf(code));
    }

    protected override Task StopUpdatesNativeAsync(CancellationToken cancellationToken)
    {
        NativeCharacteristic.Sent -= Update;
        return Task.CompletedTask;
    }

    private void Update(byte[] sent)
    {
        _value = sent;
        ValueUpdated?.Invoke(this, new CharacteristicUpdatedEventArgs(this));
    }

    private string TextOf(int code) => habits switch
    {
        Habits.Android => $"GattStatus: {code} - Refused",
        Habits.Apple => $"Start Notifications: Error Error Domain=CBATTErrorDomain Code={code} \"no\"",
        _ => "[Native] failed with status: ProtocolError and protocol error  " + code switch
        {
            2 => "Read Not Permitted",
            3 => "Write Not Permitted",
            5 => "Insufficient Authentication",
            _ => "Request Not Supported",
        },
    };
}
