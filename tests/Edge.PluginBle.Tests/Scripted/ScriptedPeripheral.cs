using Dwapi.Edge.Gatt;
using Dwapi.Edge.Tests.Bluetooth.Contract;

namespace Dwapi.Edge.PluginBle.Tests.Scripted;

/// <summary>A device as it is, apart from what Plugin.BLE makes of it.</summary>
internal sealed class ScriptedPeripheral(Guid id, string address, string name, IEnumerable<StagedCharacteristic> characteristics)
{
    public Guid Id { get; } = id;

    public string Address { get; } = address;

    public string Name { get; } = name;

    public IReadOnlyList<ScriptedValue> Values { get; } = [.. characteristics.Select(staged => new ScriptedValue(staged))];

    public int Rssi { get; set; } = -79;

    public StagedConnect OnConnect { get; set; }

    public bool IsConnected { get; set; }

    /// <summary>Connected, or being tried.</summary>
    public bool IsHeld { get; set; }

    public bool IsBonded { get; set; }

    /// <summary>True if it takes a bond without a passkey.</summary>
    public bool CanBond { get; set; }

    /// <summary>Services that the system keeps for itself.</summary>
    public HashSet<Guid> Kept { get; } = [];

    /// <summary>What Windows calls it.</summary>
    public string? BluetoothAddressType { get; set; }

    public TaskCompletionSource Tried { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScriptedValue Find(ushort number) => Values.Single(value => value.Staged.Number == number);

    public IEnumerable<Guid> Services => Values.Select(value => GattUuid.Of(value.Staged.Service)).Distinct();
}
