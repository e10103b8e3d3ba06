using Dwapi.Gotapi.Errors;
using Dwapi.WebApi.Gotapi;

namespace Dwapi.WebApi.Tests.Gotapi;

/// <summary>The path forms of gotapi-1.1 section 2.</summary>
public sealed class GotapiPathTests
{
    [Theory]
    [InlineData("/gotapi/health", "health", "", "")]
    [InlineData("/gotapi/health/heart", "health", "", "heart")]
    [InlineData("/gotapi/system/device/wakeup", "system", "device", "wakeup")]
    [InlineData("/GotAPI/Health/Heart", "Health", "", "Heart")]
    [InlineData("/gotapi/health/heart/", "health", "", "heart")]
    [InlineData("/gotapi/health/get", "health", "", "get")]
    public void Parse_PathForm_IsTakenApart(string path, string profile, string @interface, string attribute)
    {
        Assert.Null(GotapiPath.Parse(path, GotapiVerb.Put, out var parsed));
        Assert.Equal((profile, @interface, attribute), (parsed.Profile.ToString(), parsed.Interface.ToString(), parsed.Attribute.ToString()));
        Assert.Equal(GotapiVerb.None, parsed.Override);
    }

    [Theory]
    [InlineData("/gotapi/put/health/heart", "Put", "health", "", "heart")]
    [InlineData("/gotapi/DELETE/health/heart", "Delete", "health", "", "heart")]
    [InlineData("/gotapi/get/serviceDiscovery", "Get", "serviceDiscovery", "", "")]
    [InlineData("/gotapi/post/system/device/wakeup", "Post", "system", "device", "wakeup")]
    public void Parse_VerbInThePathOfAGet_Overrides(string path, string verb, string profile, string @interface, string attribute)
    {
        Assert.Null(GotapiPath.Parse(path, GotapiVerb.Get, out var parsed));
        Assert.Equal(verb, parsed.Override.ToString());
        Assert.Equal((profile, @interface, attribute), (parsed.Profile.ToString(), parsed.Interface.ToString(), parsed.Attribute.ToString()));
    }

    [Theory]
    [InlineData("/gotapi")]
    [InlineData("/gotapi/")]
    [InlineData("/gotapi//heart")]
    [InlineData("/gotapi/health//heart")]
    [InlineData("/gotapi/health/heart//")]
    [InlineData("/gotapi/a/b/c/d")]
    [InlineData("/gotapi/get/a/b/c/d")]
    [InlineData("/gotapi/a/b/c/d/e/f/g")]
    [InlineData("/other/health")]
    [InlineData("/")]
    public void Parse_Malformed_IsError19(string path) =>
        Assert.Equal(GotapiErrors.InvalidUrl, GotapiPath.Parse(path, GotapiVerb.Get, out _));

    [Theory]
    [InlineData("Put")]
    [InlineData("Post")]
    [InlineData("Delete")]
    public void Parse_OverrideWithAnyVerbButGet_IsError19(string verb) =>
        Assert.Equal(GotapiErrors.InvalidUrl, GotapiPath.Parse("/gotapi/get/health/heart", Enum.Parse<GotapiVerb>(verb), out _));

    [Theory]
    [InlineData("/gotapi/get")]
    [InlineData("/gotapi/Put/")]
    [InlineData("/gotapi/get/delete")]
    [InlineData("/gotapi/get/post/heart")]
    public void Parse_ProfileNamedLikeAVerb_IsError20(string path) =>
        Assert.Equal(GotapiErrors.InvalidProfile, GotapiPath.Parse(path, GotapiVerb.Get, out _));
}
