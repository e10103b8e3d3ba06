using Dwapi.Edge.Gatt;

namespace Dwapi.Edge.Tests.Gatt;

public sealed class GattTimeTests
{
    [Fact]
    public void DateTime_Vector_GivesItsFields()
    {
        Assert.True(GattDateTime.TryDecode(Bytes.Of("E2 07 04 11 0F 33 00"), out var time, out _));
        Assert.True(time.TryGetDateTime(out var clock));
        Assert.Equal(new DateTime(2018, 4, 17, 15, 51, 0), clock);
        var bytes = new byte[GattDateTime.Length];
        GattDateTime.From(clock).Write(bytes);
        Assert.Equal(Bytes.Of("E2 07 04 11 0F 33 00"), bytes);
    }

    [Fact]
    public void CurrentTime_Vector_GivesItsFields()
    {
        Assert.True(CurrentTime.TryDecode(Bytes.Of("E1 07 01 04 0B 26 2D 03 01 02"), out var now, out _));
        Assert.Equal((3, 1, 2), (now.DayOfWeek, now.Fractions256, now.AdjustReason));
        Assert.True(now.TryGetDateTime(out var clock));
        Assert.Equal(new DateTime(2017, 1, 4, 11, 38, 45).AddTicks(TimeSpan.TicksPerSecond / 256), clock);
    }

    [Theory]
    [InlineData("00 00 04 11 0F 33 00")]
    [InlineData("E2 07 00 11 0F 33 00")]
    [InlineData("E2 07 04 00 0F 33 00")]
    [InlineData("E2 07 02 1E 0F 33 00")]
    [InlineData("E2 07 0D 01 0F 33 00")]
    [InlineData("E2 07 04 11 18 33 00")]
    [InlineData("E2 07 04 11 0F 3C 00")]
    [InlineData("E2 07 04 11 0F 33 3C")]
    [InlineData("FF FF 04 11 0F 33 00")]
    [InlineData("2D 06 04 11 0F 33 00")]
    public void TryGetDateTime_UnknownOrImpossiblePart_GivesNone(string hex)
    {
        Assert.True(GattDateTime.TryDecode(Bytes.Of(hex), out var time, out _));
        Assert.False(time.TryGetDateTime(out _));
    }

    [Theory]
    [InlineData("E2 07 04 11 0F 33")]
    [InlineData("")]
    public void DateTime_TooShort_IsRefused(string hex)
    {
        Assert.False(GattDateTime.TryDecode(Bytes.Of(hex), out _, out var fault));
        Assert.Equal(GattFault.TooShort, fault);
    }

    [Theory]
    [InlineData("E1 07 01 04 0B 26 2D 03 01", GattFault.TooShort)]
    [InlineData("E1 07 01 04 0B 26 2D 08 01 02", GattFault.OutOfRange)]
    public void CurrentTime_Faulty_IsRefused(string hex, GattFault expected)
    {
        Assert.False(CurrentTime.TryDecode(Bytes.Of(hex), out _, out var fault));
        Assert.Equal(expected, fault);
    }
}
