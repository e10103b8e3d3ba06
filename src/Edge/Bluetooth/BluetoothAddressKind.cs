namespace Dwapi.Edge.Bluetooth;

/// <summary>What an address says about who has it.</summary>
internal enum BluetoothAddressKind
{
    /// <summary>Given by the manufacturer for ever.</summary>
    Public,

    /// <summary>Random and kept, at least until the battery is changed.</summary>
    StaticRandom,

    /// <summary>Random and changed every quarter of an hour: says nothing until a bond resolves it.</summary>
    PrivateRandom,
}
