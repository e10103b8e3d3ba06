using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.PluginBle.Tests.Scripted;

namespace Dwapi.Edge.PluginBle.Tests;

public sealed class DeviceAddressTests
{
    [Theory]
    [InlineData("00000000-0000-0000-0000-00a0503a1122", null, "00:A0:50:3A:11:22", "Public")]

    // No manufacturer has such an address: it is given locally, and begins as private or static ones do.
    [InlineData("00000000-0000-0000-0000-4abbcc001122", null, "4A:BB:CC:00:11:22", "PrivateRandom")]
    [InlineData("00000000-0000-0000-0000-c3bbcc001122", null, "C3:BB:CC:00:11:22", "StaticRandom")]

    // Nor is it random: those begin with 00, 01 or 11.
    [InlineData("00000000-0000-0000-0000-aabbcc001122", null, "AA:BB:CC:00:11:22", "Public")]
    [InlineData("00000000-0000-0000-0000-c0bbcc001122", "Random", "C0:BB:CC:00:11:22", "StaticRandom")]
    [InlineData("00000000-0000-0000-0000-40bbcc001122", "Random", "40:BB:CC:00:11:22", "PrivateRandom")]
    [InlineData("00000000-0000-0000-0000-4abbcc001122", "Public", "4A:BB:CC:00:11:22", "Public")]
    [InlineData("00000000-0000-0000-0000-4abbcc001122", "Unspecified", "4A:BB:CC:00:11:22", "PrivateRandom")]
    public void Address_InTheGuid_IsTakenWithWhatThePlatformSaysOfIt(string id, string? says, string address, string kind)
    {
        var found = Of(id, says);

        Assert.Equal((address, kind), (found.ToString(), found.Kind.ToString()));
    }

    [Fact]
    public void Guid_ThatHidesTheAddress_StandsForOneThatIsKept()
    {
        var first = Of("8f3c1f0e-52a4-4d0b-9c55-0d8f6a7b1c2d");
        var again = Of("8f3c1f0e-52a4-4d0b-9c55-0d8f6a7b1c2d");
        var other = Of("8f3c1f0e-52a4-4d0b-9c55-0d8f6a7b1c2e");

        Assert.Equal(first, again);
        Assert.NotEqual(first.Bits, other.Bits);
        Assert.Equal(BluetoothAddressKind.StaticRandom, first.Kind);
        Assert.Equal(0ul, first.Bits >> 48);
    }

    private static BluetoothAddress Of(string id, string? says = null) => DeviceAddress.Of(new ScriptedDevice(
        new ScriptedAdapter(Habits.Windows), new ScriptedPeripheral(Guid.Parse(id), "", "", []) { BluetoothAddressType = says }, Habits.Windows));
}
