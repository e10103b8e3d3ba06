using System.Collections.Concurrent;
using System.Globalization;
using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Gatt;
using Dwapi.Edge.Tests.Bluetooth.Contract;
using Microsoft.Extensions.Logging.Abstractions;
using Plugin.BLE.Abstractions;
using PluginState = Plugin.BLE.Abstractions.Contracts.BluetoothState;

namespace Dwapi.Edge.PluginBle.Tests.Scripted;

/// <summary>The scripted platform as a stage of the contract.</summary>
internal sealed class ScriptedStage : IRadioStage
{
    private readonly ConcurrentDictionary<string, ScriptedPeripheral> _peripherals = new();

    public ScriptedStage(
        Habits habits, TimeProvider? time = null, PluginState first = PluginState.On, bool canBeSwitchedOn = false, PluginBlePlatform? platform = null)
    {
        Bluetooth = new ScriptedBluetooth(habits, first) { CanBeSwitchedOn = canBeSwitchedOn };
        Central = new PluginBleCentral(Bluetooth, platform ?? PlatformOf(habits), time ?? TimeProvider.System, NullLogger.Instance);
    }

    public ScriptedBluetooth Bluetooth { get; }

    public IBluetoothCentral Central { get; }

    /// <summary>What the central knows of such a platform; the tests do not wait for Android's pause between scans.</summary>
    public static PluginBlePlatform PlatformOf(Habits habits) => habits switch
    {
        Habits.Windows => PluginBlePlatform.Windows,
        Habits.Android => PluginBlePlatform.Android with { BetweenScans = TimeSpan.Zero },
        _ => PluginBlePlatform.Apple,
    };

    public ScriptedPeripheral this[string address] => _peripherals[address];

    public Task NextScanAsync() => Bluetooth.Scripted.NextScan;

    public Task PowerAsync(bool on)
    {
        Bluetooth.Switch(on ? PluginState.On : PluginState.Off);
        return Task.CompletedTask;
    }

    public Task AddAsync(string address, string name, params StagedCharacteristic[] characteristics)
    {
        _peripherals[address] = new ScriptedPeripheral(IdOf(address), address, name, characteristics);
        return Task.CompletedTask;
    }

    public Task AdvertiseAsync(string address, ushort service)
    {
        var record = new AdvertisementRecord(
            AdvertisementRecordType.UuidsComplete16Bit,
            Bluetooth.Habits == Habits.Windows ? [(byte)service, (byte)(service >> 8)] : [(byte)(service >> 8), (byte)service]);
        Bluetooth.Scripted.Hear(_peripherals[address], [record], GattUuid.Of(service));
        return Task.CompletedTask;
    }

    public Task OnConnectAsync(string address, StagedConnect outcome)
    {
        _peripherals[address].OnConnect = outcome;
        return Task.CompletedTask;
    }

    public Task NextConnectAsync(string address)
    {
        var tried = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _peripherals[address].Tried = tried;
        return tried.Task;
    }

    public Task<bool> IsHeldAsync(string address) => Task.FromResult(_peripherals[address].IsHeld);

    public Task RefuseAsync(string address, ushort characteristic, StagedOperation operation, BluetoothFault fault)
    {
        _peripherals[address].Find(characteristic).Refusals[operation] = ScriptedValue.CodeOf(operation, fault);
        return Task.CompletedTask;
    }

    public Task SendAsync(string address, ushort characteristic, params byte[] value)
    {
        _peripherals[address].Find(characteristic).Send(value);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<byte[]>> WrittenAsync(string address, ushort characteristic) =>
        Task.FromResult(_peripherals[address].Find(characteristic).Written);

    public Task DropAsync(string address)
    {
        Bluetooth.Scripted.Drop(_peripherals[address]);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Windows and Android: the address in the last six bytes. Apple: a Guid that says nothing.
    private Guid IdOf(string address)
    {
        var digits = address.Replace(":", "", StringComparison.Ordinal);
        return Bluetooth.Habits == Habits.Apple
            ? new Guid(System.Security.Cryptography.MD5.HashData(Convert.FromHexString(digits)))
            : Guid.ParseExact(digits.PadLeft(32, '0').ToLower(CultureInfo.InvariantCulture), "N");
    }
}
