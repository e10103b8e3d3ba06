using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Bluetooth.BlueZ;
using Dwapi.Edge.DBus;
using Dwapi.Edge.Tests.Bluetooth.Contract;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Edge.Tests.Bluetooth;

/// <summary>The fake bluetoothd as a stage of the contract.</summary>
internal sealed class BlueZStage : IRadioStage
{
    private const string Adapter = "/org/bluez/hci0";
    private const string Characteristic = "org.bluez.GattCharacteristic1";

    private readonly FakeBlueZ _bluez;
    private readonly Dictionary<string, string> _devices = [];
    private readonly Dictionary<(string Address, ushort Number), string> _services = [];
    private readonly Dictionary<(string Address, ushort Number), string> _characteristics = [];

    private BlueZStage(FakeBlueZ bluez)
    {
        _bluez = bluez;
        Central = new BlueZCentral(DBusAddress.Parse(bluez.Bus.Address), null, TimeProvider.System, NullLogger.Instance);
    }

    public IBluetoothCentral Central { get; }

    public static async Task<IRadioStage> StartAsync() => new BlueZStage(await FakeBlueZ.StartAsync());

    public Task NextScanAsync() => _bluez.NextCallAsync(Adapter, "StartDiscovery");

    public async Task PowerAsync(bool on)
    {
        // bluetoothd tells it in this order.
        foreach (var device in _devices.Values.Where(_ => !on))
            await _bluez.UpdateAsync(device, "org.bluez.Device1", "Connected", "b", false);
        await _bluez.SetPowerAsync(on);
    }

    public async Task AddAsync(string address, string name, params StagedCharacteristic[] characteristics)
    {
        var device = _devices[address] = await _bluez.AddDeviceAsync(address, name);
        foreach (var staged in characteristics)
        {
            if (!_services.TryGetValue((address, staged.Service), out var service))
                service = _services[(address, staged.Service)] = await _bluez.AddServiceAsync(device, staged.Service);
            _characteristics[(address, staged.Number)] =
                await _bluez.AddCharacteristicAsync(service, staged.Number, FlagsOf(staged.Properties), staged.Value);
        }
    }

    public Task AdvertiseAsync(string address, ushort service) => _bluez.AdvertiseAsync(_devices[address], service);

    public Task OnConnectAsync(string address, StagedConnect outcome) => _bluez.OnAsync(_devices[address], "Connect", outcome switch
    {
        StagedConnect.Accepted => FakeBlueZ.Connected,
        StagedConnect.Refused => FakeBlueZ.Fail("org.bluez.Error.Failed"),
        _ => "",
    });

    public Task NextConnectAsync(string address) => _bluez.NextCallAsync(_devices[address], "Connect");

    public async Task<bool> IsHeldAsync(string address) =>
        await _bluez.CallsAsync(_devices[address], "Connect") > await _bluez.CallsAsync(_devices[address], "Disconnect");

    public Task RefuseAsync(string address, ushort characteristic, StagedOperation operation, BluetoothFault fault)
    {
        var (method, input, output) = operation switch
        {
            StagedOperation.Read => ("ReadValue", "a{sv}", "ay"),
            StagedOperation.Write => ("WriteValue", "aya{sv}", ""),
            _ => ("StartNotify", "", ""),
        };
        var error = fault == BluetoothFault.NeedsPairing ? "org.bluez.Error.NotAuthorized" : "org.bluez.Error.NotPermitted";
        return _bluez.CallAsync(_characteristics[(address, characteristic)], FakeBlueZ.AddMethod, Characteristic, method, input, output, FakeBlueZ.Fail(error));
    }

    public Task SendAsync(string address, ushort characteristic, params byte[] value) =>
        _bluez.SendAsync(_characteristics[(address, characteristic)], Convert.ToHexString(value));

    public Task<IReadOnlyList<byte[]>> WrittenAsync(string address, ushort characteristic) =>
        _bluez.ArgumentsAsync(_characteristics[(address, characteristic)], "WriteValue");

    public Task DropAsync(string address) => _bluez.DropAsync(_devices[address]);

    public ValueTask DisposeAsync() => _bluez.DisposeAsync();

    private static string FlagsOf(CharacteristicProperties properties) => string.Join(' ', new[]
    {
        (CharacteristicProperties.Read, "read"),
        (CharacteristicProperties.WriteWithoutResponse, "write-without-response"),
        (CharacteristicProperties.Write, "write"),
        (CharacteristicProperties.Notify, "notify"),
        (CharacteristicProperties.Indicate, "indicate"),
    }.Where(flag => properties.HasFlag(flag.Item1)).Select(flag => flag.Item2));
}
