using Dwapi.Gotapi.Authentication;

namespace Dwapi.Gotapi.Tests.Authentication;

public sealed class ServerHmacTests
{
    private const string Key = "00112233445566778899aabbccddeeff";
    private const string Nonce = "000102030405060708090a0b0c0d0e0f";

    /// <summary>gotapi-1.1 section 8.</summary>
    [Theory]
    [InlineData(HmacForm.HexDecoded, Nonce, "a5ce9cbf7c63cbedf3403e594d04b0ef6b77679c7c6b467ac78035756732d108")]
    [InlineData(HmacForm.Ascii, Nonce, "67a6a9302be7f290f5639d81b0e218f6a6c39cb2f4e76337db249a03bd1f1563")]
    [InlineData(HmacForm.HexDecoded, "", "e8a06537f096ccf1a3c425a56cea054072c4a8db67bd28cfb02fbeaf84b35f6c")]
    public void TryCompute_Vector_GivesItsHmac(HmacForm form, string nonce, string expected)
    {
        Assert.True(ServerHmac.TryCompute(form, Key, nonce, out var hmac));
        Assert.Equal(expected, hmac);
    }

    [Fact]
    public void TryCompute_HexInUpperCase_IsTheSameOnlyWhereHexIsDecoded()
    {
        ServerHmac.TryCompute(HmacForm.HexDecoded, Key.ToUpperInvariant(), Nonce, out var decoded);
        ServerHmac.TryCompute(HmacForm.Ascii, Key.ToUpperInvariant(), Nonce, out var ascii);
        Assert.StartsWith("a5ce", decoded);
        Assert.False(ascii.StartsWith("67a6", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(HmacForm.HexDecoded, "", Nonce)]
    [InlineData(HmacForm.HexDecoded, "001", Nonce)]
    [InlineData(HmacForm.HexDecoded, "zz", Nonce)]
    [InlineData(HmacForm.HexDecoded, Key, "0g")]
    [InlineData(HmacForm.Ascii, "", Nonce)]
    [InlineData(HmacForm.Ascii, "ä", Nonce)]
    public void TryCompute_NotTextOfTheForm_IsRefused(HmacForm form, string key, string nonce)
    {
        Assert.False(ServerHmac.TryCompute(form, key, nonce, out var hmac));
        Assert.Empty(hmac);
    }

    [Fact]
    public void TryCompute_TooLong_IsRefused() =>
        Assert.False(ServerHmac.TryCompute(HmacForm.Ascii, new string('a', ServerHmac.MaxTextLength + 1), Nonce, out _));

    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "abd", false)]
    [InlineData("abc", "abcd", false)]
    public void FixedTimeEquals_Texts_Compares(string left, string right, bool expected) => Assert.Equal(expected, ServerHmac.FixedTimeEquals(left, right));
}
