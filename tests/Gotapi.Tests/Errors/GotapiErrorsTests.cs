using Dwapi.Gotapi.Errors;

namespace Dwapi.Gotapi.Tests.Errors;

public sealed class GotapiErrorsTests
{
    [Theory]
    [InlineData(-2, "INVALID_SERVER")]
    [InlineData(-1, "ACCESS_FAILED")]
    [InlineData(1, "UNKNOWN")]
    [InlineData(2, "NOT_SUPPORT_PROFILE")]
    [InlineData(3, "NOT_SUPPORT_ACTION")]
    [InlineData(4, "NOT_SUPPORT_ATTRIBUTE")]
    [InlineData(5, "EMPTY_SERVICE_ID")]
    [InlineData(6, "NOT_FOUND_SERVICE")]
    [InlineData(7, "TIMEOUT")]
    [InlineData(8, "UNKNOWN_ATTRIBUTE")]
    [InlineData(9, "LOW_BATTERY")]
    [InlineData(10, "INVALID_REQUEST_PARAMETER")]
    [InlineData(11, "AUTHORIZATION")]
    [InlineData(12, "EXPIRED_ACCESS_TOKEN")]
    [InlineData(13, "EMPTY_ACCESS_TOKEN")]
    [InlineData(14, "SCOPE")]
    [InlineData(15, "NOT_FOUND_CLIENT_ID")]
    [InlineData(16, "ILLEGAL_DEVICE_STATE")]
    [InlineData(17, "ILLEGAL_SERVER_STATE")]
    [InlineData(18, "INVALID_ORIGIN")]
    [InlineData(19, "INVALID_URL")]
    [InlineData(20, "INVALID_PROFILE")]
    [InlineData(21, "PLUGIN_DISABLED")]
    [InlineData(22, "PLUGIN_SUSPENDED")]
    public void Of_Code_HasTheNameOfTheTable(int code, string name) => Assert.Equal((code, name), (GotapiErrors.Of(code).Code, GotapiErrors.Of(code).Name));

    [Fact]
    public void All_Errors_SayWhatToDoAndNeverUse408()
    {
        Assert.Equal(24, GotapiErrors.All.Select(error => error.Code).Distinct().Count());
        Assert.All(GotapiErrors.All, error => Assert.True(error.Message.Split(". ").Length >= 2 && error.Message.EndsWith('.'), error.Message));
        Assert.DoesNotContain(GotapiErrors.All, error => error.StrictHttpStatus is 408 or < 400);
    }

    [Fact]
    public void Of_CodeOfAnotherTable_IsUnknown() => Assert.Same(GotapiErrors.Unknown, GotapiErrors.Of(99));

    [Fact]
    public void WebSocketErrors_Codes_AreOneToFive() => Assert.Equal([1, 2, 3, 4, 5], WebSocketErrors.All.Select(error => error.Code));
}
