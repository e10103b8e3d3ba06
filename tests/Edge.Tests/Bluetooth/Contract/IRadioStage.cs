using Dwapi.Edge.Bluetooth;

namespace Dwapi.Edge.Tests.Bluetooth.Contract;

/// <summary>A radio with devices around it that do what a test says, and a central that uses it. The radio is on; the central does not run yet.</summary>
internal interface IRadioStage : IAsyncDisposable
{
    /// <summary>The central under test.</summary>
    IBluetoothCentral Central { get; }

    /// <summary>Ends when the radio begins to scan the next time.</summary>
    Task NextScanAsync();

    /// <summary>Switches the radio off or on; its connections end with it.</summary>
    Task PowerAsync(bool on);

    /// <summary>Puts a device there. It is not heard before <see cref="AdvertiseAsync"/>, and then at -79 dBm.</summary>
    Task AddAsync(string address, string name, params StagedCharacteristic[] characteristics);

    /// <summary>It advertises.</summary>
    Task AdvertiseAsync(string address, ushort service);

    /// <summary>What it does when it is connected to, from now on; it takes the connection by default.</summary>
    Task OnConnectAsync(string address, StagedConnect outcome);

    /// <summary>Ends when somebody tries to connect to it the next time.</summary>
    Task NextConnectAsync(string address);

    /// <summary>True if the radio is connected to it, or goes on trying to be.</summary>
    Task<bool> IsHeldAsync(string address);

    /// <summary>It refuses something from now on.</summary>
    Task RefuseAsync(string address, ushort characteristic, StagedOperation operation, BluetoothFault fault);

    /// <summary>It sends a value to who has subscribed.</summary>
    Task SendAsync(string address, ushort characteristic, params byte[] value);

    /// <summary>The values that were written to it.</summary>
    Task<IReadOnlyList<byte[]>> WrittenAsync(string address, ushort characteristic);

    /// <summary>It drops the connection.</summary>
    Task DropAsync(string address);
}
