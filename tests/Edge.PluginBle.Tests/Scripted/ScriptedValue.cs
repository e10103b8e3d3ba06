using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Tests.Bluetooth.Contract;

namespace Dwapi.Edge.PluginBle.Tests.Scripted;

/// <summary>A characteristic as the device itself has it.</summary>
internal sealed class ScriptedValue(StagedCharacteristic staged)
{
    private readonly List<byte[]> _written = [];
    private readonly TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action<byte[]>? _sent;

    /// <summary>The device sends.</summary>
    public event Action<byte[]> Sent
    {
        add
        {
            _sent += value;
            _subscribed.TrySetResult();
        }

        remove => _sent -= value;
    }

    /// <summary>Ends at the first subscription.</summary>
    public Task Subscribed => _subscribed.Task;

    public StagedCharacteristic Staged { get; } = staged;

    public Dictionary<StagedOperation, int> Refusals { get; } = [];

    public IReadOnlyList<byte[]> Written => _written;

    public void Send(byte[] value) => _sent?.Invoke(value);

    public void Write(byte[] value) => _written.Add(value);

    /// <summary>ATT error of a fault.</summary>
    public static int CodeOf(StagedOperation operation, BluetoothFault fault) =>
        fault == BluetoothFault.NeedsPairing ? 5 : operation switch { StagedOperation.Read => 2, StagedOperation.Write => 3, _ => 6 };
}
