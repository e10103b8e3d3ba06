using Dwapi.Edge.Gatt;

namespace Dwapi.Edge.Tests.Gatt;

public sealed class DeviceInformationTests
{
    [Fact]
    public void TryDecodeSystemId_LeastSignificantFirst_GivesTheEui64()
    {
        Assert.True(DeviceInformation.TryDecodeSystemId(Bytes.Of("DE BC 9A FE FF 56 34 12"), out var id, out _));
        Assert.Equal("123456FFFE9ABCDE", id);
        Assert.Equal(id, DeviceInformation.SystemIdOf(0x1234569ABCDE));
    }

    [Fact]
    public void TryDecodeSystemId_TooShort_IsRefused()
    {
        Assert.False(DeviceInformation.TryDecodeSystemId(Bytes.Of("DE BC 9A FE FF 56 34"), out var id, out var fault));
        Assert.Equal(("0000000000000000", GattFault.TooShort), (id, fault));
    }

    [Theory]
    [InlineData("33", 51)]
    [InlineData("00", 0)]
    [InlineData("64", 100)]
    public void TryDecodeBattery_Vector_IsPercent(string hex, int percent)
    {
        Assert.True(DeviceInformation.TryDecodeBattery(Bytes.Of(hex), out var level, out _));
        Assert.Equal(percent, level.Percent);
    }

    [Theory]
    [InlineData("", GattFault.TooShort)]
    [InlineData("65", GattFault.OutOfRange)]
    [InlineData("FF", GattFault.OutOfRange)]
    public void TryDecodeBattery_Faulty_IsRefused(string hex, GattFault expected)
    {
        Assert.False(DeviceInformation.TryDecodeBattery(Bytes.Of(hex), out var level, out var fault));
        Assert.Equal((expected, null), (fault, level.Percent));
    }

    [Theory]
    [InlineData("41 42 43", "ABC")]
    [InlineData("41 42 43 00", "ABC")]
    [InlineData("C3 A4 20", "ä")]
    [InlineData("", "")]
    public void TryDecodeText_Utf8_IsTheText(string hex, string expected)
    {
        Assert.True(DeviceInformation.TryDecodeText(Bytes.Of(hex), out var text, out _));
        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("C3 28")]
    [InlineData("41 0A 42")]
    [InlineData("41 00 42")]
    public void TryDecodeText_NotText_IsRefused(string hex)
    {
        Assert.False(DeviceInformation.TryDecodeText(Bytes.Of(hex), out _, out var fault));
        Assert.Equal(GattFault.NotText, fault);
    }
}
