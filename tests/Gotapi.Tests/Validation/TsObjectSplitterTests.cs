using System.Text;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Validation;

namespace Dwapi.Gotapi.Tests.Validation;

public sealed class TsObjectSplitterTests
{
    [Theory]
    [InlineData("batteryLevel")]
    [InlineData("deviceBatteryLevel")]
    public void Split_Response_GivesThreeSlicesWithTheirBytes(string battery)
    {
        var parts = Split(
            """{"heart":{"device":{"productName":"P","batteryLevel":0.50,"x":1},"rate":{"value":75.00},"contact":false}}""".Replace("batteryLevel", battery));
        Assert.Equal(default, parts.Refusal);
        Assert.Equal("""{"productName":"P","x":1}""", Text(parts.Device));
        Assert.Equal("0.50", Text(parts.BatteryLevel));
        Assert.Equal("""{"rate":{"value":75.00},"contact":false}""", Text(parts.Quantities));
    }

    [Fact]
    public void Split_Event_HasNoDeviceSlice()
    {
        var parts = Split("""{"heart":{"device":{"batteryLevel":1.0},"rate":{}}}""");
        Assert.True(parts.Device.IsEmpty);
        Assert.Equal("1.0", Text(parts.BatteryLevel));
    }

    [Fact]
    public void Split_WithoutDevice_KnowsNoBattery() => Assert.Equal("-1.0", Text(Split("""{"heart":{"rate":{}}}""").BatteryLevel));

    [Fact]
    public void Split_AnswerToPut_HasEmptyQuantities() => Assert.Equal("{}", Text(Split("""{"heart":{"device":{"productName":"P"}}}""").Quantities));

    [Theory]
    [InlineData("[]", HealthFault.NotJson, null, null)]
    [InlineData("{", HealthFault.NotJson, null, null)]
    [InlineData("""{"heart":{},"heart":{}}""", HealthFault.NotJson, null, null)]
    [InlineData("{}", HealthFault.MissingMember, "heart", null)]
    [InlineData("""{"heart":7}""", HealthFault.InvalidMember, "heart", null)]
    [InlineData("""{"heart":{"device":7}}""", HealthFault.InvalidMember, "device", null)]
    [InlineData("""{"heart":{"device":{"batteryLevel":50}}}""", HealthFault.InvalidMember, "device", "batteryLevel")]
    public void Split_Faulty_IsRefusedWithItsReason(string text, HealthFault fault, string? part, string? member) =>
        Assert.Equal(new HealthRefusal(fault, part, member), Split(text).Refusal);

    private static TsObject Split(string text) => TsObjectSplitter.Split(HealthAttributes.Heart, Encoding.UTF8.GetBytes(text));

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
