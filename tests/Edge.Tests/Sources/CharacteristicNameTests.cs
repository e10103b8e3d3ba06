using Dwapi.Edge.Sources;

namespace Dwapi.Edge.Tests.Sources;

public sealed class CharacteristicNameTests
{
    [Theory]
    [InlineData("2A1C", 0x2A1C)]
    [InlineData("2a1c", 0x2A1C)]
    [InlineData("0x2A37", 0x2A37)]
    [InlineData("00002a9d-0000-1000-8000-00805f9b34fb", 0x2A9D)]
    [InlineData("Temperature Measurement", 0x2A1C)]
    [InlineData("battery_level", 0x2A19)]
    [InlineData("Intermediate Cuff Pressure", 0x2A36)]
    public void TryParse_HowPeopleWriteIt_IsUnderstood(string text, int number)
    {
        Assert.True(CharacteristicName.TryParse(text, out var parsed));
        Assert.Equal(number, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2A1")]
    [InlineData("+2A1")]
    [InlineData("temperature")]
    [InlineData("12342a9d-0000-1000-8000-00805f9b34fb")]
    public void TryParse_SomethingElse_IsNot(string text) => Assert.False(CharacteristicName.TryParse(text, out _));
}
