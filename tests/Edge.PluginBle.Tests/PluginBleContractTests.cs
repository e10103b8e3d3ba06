using Dwapi.Edge.PluginBle.Tests.Scripted;
using Dwapi.Edge.Tests.Bluetooth.Contract;

namespace Dwapi.Edge.PluginBle.Tests;

/// <summary>Plugin.BLE keeps the contract of a central, with the habits of each of its platforms.</summary>
public abstract class PluginBleContractTests(Habits habits) : BluetoothCentralContract
{
    private protected override Task<IRadioStage> StageAsync() => Task.FromResult<IRadioStage>(new ScriptedStage(habits));
}

/// <summary>As on Windows.</summary>
public sealed class WindowsContractTests() : PluginBleContractTests(Habits.Windows);

/// <summary>As on Android.</summary>
public sealed class AndroidContractTests() : PluginBleContractTests(Habits.Android);

/// <summary>As on iOS and Mac Catalyst.</summary>
public sealed class AppleContractTests() : PluginBleContractTests(Habits.Apple);
