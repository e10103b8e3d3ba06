using Plugin.BLE.Abstractions;
using Plugin.BLE.Abstractions.Contracts;

namespace Dwapi.Edge.PluginBle.Tests.Scripted;

/// <summary>A platform of Plugin.BLE over its own bases, because none of its platforms runs where the tests run.</summary>
internal sealed class ScriptedBluetooth : BleImplementationBase
{
    private readonly BluetoothState _first;

    public ScriptedBluetooth(Habits habits, BluetoothState first = BluetoothState.On)
    {
        (Habits, _first) = (habits, first);
        Initialize();
    }

    public Habits Habits { get; }

    /// <summary>The adapter, once there is one.</summary>
    public ScriptedAdapter Scripted => (ScriptedAdapter)Adapter;

    /// <summary>True if a program may switch the radio on.</summary>
    public bool CanBeSwitchedOn { get; init; }

    /// <summary>How often a program tried to.</summary>
    public int Switches { get; private set; }

    public void Switch(BluetoothState state)
    {
        if (state == BluetoothState.Off)
            Scripted.DropAll();
        State = state;
    }

    public override Task<bool> TrySetStateAsync(bool on)
    {
        Switches++;
        if (CanBeSwitchedOn)
            State = on ? BluetoothState.On : BluetoothState.Off;
        return Task.FromResult(CanBeSwitchedOn);
    }

    protected override void InitializeNative()
    {
    }

    protected override BluetoothState GetInitialStateNative() => _first;

    protected override IAdapter CreateNativeAdapter() => new ScriptedAdapter(Habits);
}
