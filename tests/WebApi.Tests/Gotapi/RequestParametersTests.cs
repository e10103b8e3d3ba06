using Dwapi.WebApi.Gotapi;

namespace Dwapi.WebApi.Tests.Gotapi;

/// <summary>The parameter rules of gotapi-1.1 section 2.</summary>
public sealed class RequestParametersTests
{
    [Theory]
    [InlineData("?serviceId=a", "a")]
    [InlineData("?serviceID=a", "a")]
    [InlineData("?serviceId=a%3Ab", "a:b")]
    [InlineData("?serviceId=a+b", "a b")]
    [InlineData("?serviceid=a", null)]
    [InlineData("?x=1&serviceId=a&serviceId=b", "a")]
    [InlineData("", null)]
    public void ServiceId_InTheQuery_IsFoundInBothSpellings(string query, string? expected) =>
        Assert.Equal(expected, new RequestParameters(query).ServiceId?.ToString());

    [Theory]
    [InlineData("?nonce=", "")]
    [InlineData("?nonce=00ff", "00ff")]
    [InlineData("?a=b", null)]
    public void Nonce_Empty_IsOneToo(string query, string? expected) =>
        Assert.Equal(expected, new RequestParameters(query).Nonce?.ToString());

    [Fact]
    public void Find_InQueryAndBody_BodyWins()
    {
        var parameters = new RequestParameters("?serviceId=q&interval=1&accessToken=q", [new("serviceID", "b"), new("interval", "2"), new("accessToken", "t")]);
        Assert.Equal("b", parameters.ServiceId?.ToString());
        Assert.Equal("t", parameters.AccessToken?.ToString());
        Assert.Equal("2", parameters.Find("interval"));
    }

    [Fact]
    public void ForPlugin_LeavesOutWhatIsOurs()
    {
        var parameters = new RequestParameters("?serviceId=q&accessToken=t&nonce=1&color=red&color=blue", [new("name", "x")]);
        Assert.Equal([("name", "x"), ("color", "red")], parameters.ForPlugin().Select(parameter => (parameter.Name, parameter.Value)));
    }
}
