using Dwapi.Edge.Tests.Bluetooth.Contract;

namespace Dwapi.Edge.Tests.Bluetooth;

/// <summary>BlueZ keeps the contract of a central.</summary>
public sealed class BlueZContractTests : BluetoothCentralContract
{
    private protected override Task<IRadioStage> StageAsync() => BlueZStage.StartAsync();
}
