namespace Dwapi.Edge.PluginBle.Tests;

public sealed class PluginBleFaultTests
{
    [Theory]
    [InlineData(0x02, "NotSupported")]
    [InlineData(0x05, "NeedsPairing")]
    [InlineData(0x0F, "NeedsPairing")]
    [InlineData(0x89, "NeedsPairing")]
    [InlineData(0x101, "Failed")]
    public void Code_IsTheAttError(int code, string fault) => Assert.Equal(fault, PluginBleFault.Of(code, "to be read").Fault.ToString());

    [Theory]
    [InlineData("[ReadNativeAsync] failed with status: ProtocolError and protocol error  Insufficient Encryption", "NeedsPairing")]
    [InlineData("[WriteNativeAsync] failed with status: ProtocolError and protocol error  Write Not Permitted", "NotSupported")]
    [InlineData("[GetServicesNativeAsync] failed with status: Unreachable", "Gone")]
    [InlineData("[GetCharacteristicsNativeAsync] failed with status: AccessDenied", "Forbidden")]
    [InlineData("GattStatus: 15 - InsufficientEncryption", "NeedsPairing")]
    [InlineData("GattStatus: 133", "Failed")]
    [InlineData("Start Notifications: Error Error Domain=CBATTErrorDomain Code=5 \"Authentication is insufficient.\"", "NeedsPairing")]
    [InlineData("Device 'x' disconnected while reading characteristic with y.", "Gone")]
    [InlineData("Characteristic does not support read.", "NotSupported")]
    [InlineData("something", "Failed")]
    public void Text_IsKnownFromEachPlatform(string text, string fault) =>
        Assert.Equal(fault, PluginBleFault.Of(new InvalidOperationException(text)).Fault.ToString());

    [Fact]
    public void Type_SaysItToo()
    {
        Assert.Equal("Gone", PluginBleFault.Of(new ObjectDisposedException("GattSession")).Fault.ToString());
        Assert.Equal("Forbidden", PluginBleFault.Of(new UnauthorizedAccessException()).Fault.ToString());
        Assert.Equal("Forbidden", PluginBleFault.Of(new System.Security.SecurityException()).Fault.ToString());
    }
}
