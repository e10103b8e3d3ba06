using Dwapi.Grains.Settings;
using Dwapi.WebApi.Doors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Tests.Doors;

/// <summary>Who asks (gotapi-1.1 sections 3 and 10).</summary>
public sealed class OriginDoorTests
{
    [Theory]
    [InlineData("https://a.example", null, "https://a.example")]
    [InlineData(null, "com.example.app", "com.example.app")]
    [InlineData("https://a.example", "https://a.example", "https://a.example")]
    [InlineData("com.example.shell", "com.example.app", "com.example.app")]
    public void Origin_FromTheHeaders_IsFound(string? byBrowser, string? byProgram, string expected) =>
        Assert.Equal(expected, Find(new GotapiOptions(), byBrowser, byProgram));

    [Theory]
    [InlineData("https://evil.example", "https://clinic.example")]
    [InlineData("https://evil.example", "com.example.app")]
    [InlineData("null", "com.example.app")]
    public void Shall10_XGotapiOriginDiffers_Is18(string byBrowser, string byProgram)
    {
        Assert.Null(Find(new GotapiOptions(), byBrowser, byProgram));
        Assert.Equal(byProgram, Find(new GotapiOptions { TrustOriginHeaderOverride = true }, byBrowser, byProgram));
    }

    [Fact]
    public void Shall11_NullOrigin_OnlyWhenAllowed()
    {
        Assert.Null(Find(new GotapiOptions(), "null", null));
        Assert.Equal("null", Find(new GotapiOptions { AllowNullOrigin = true }, "null", null));
    }

    [Fact]
    public void Shall11_Referer_OnlyWhenAllowed()
    {
        var headers = new HeaderDictionary { ["Referer"] = "https://a.example:8443/page?x" };
        Assert.Null(new OriginDoor(Options.Create(new GotapiOptions())).Find(headers));
        Assert.Equal("https://a.example:8443", new OriginDoor(Options.Create(new GotapiOptions { AllowReferer = true })).Find(headers));
    }

    [Theory]
    [InlineData("https://a.example https://b.example")]
    [InlineData("https://a.example,https://b.example")]
    [InlineData(" ")]
    [InlineData("")]
    [InlineData("a\"b")]
    public void Error18_OriginNotUniqueOrNotWellFormed_IsRefused(string origin) => Assert.Null(Find(new GotapiOptions(), origin, null));

    [Fact]
    public void Error18_TwoOriginHeaders_AreRefused()
    {
        var headers = new HeaderDictionary { ["Origin"] = new(["https://a.example", "https://b.example"]) };
        Assert.Null(new OriginDoor(Options.Create(new GotapiOptions())).Find(headers));
    }

    [Fact]
    public void Error18_OriginTooLong_IsRefused() => Assert.Null(Find(new GotapiOptions(), "https://" + new string('a', 250), null));

    [Fact]
    public void AllowedOrigins_Set_RefusesOthers()
    {
        var options = new GotapiOptions { AllowedOrigins = { "https://a.example" } };
        Assert.Equal("https://a.example", Find(options, "https://a.example", null));
        Assert.Null(Find(options, "https://b.example", null));
    }

    private static string? Find(GotapiOptions options, string? byBrowser, string? byProgram)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        if (byBrowser is not null)
        {
            headers.Origin = byBrowser;
        }

        if (byProgram is not null)
        {
            headers["X-GotAPI-Origin"] = byProgram;
        }

        return new OriginDoor(Options.Create(options)).Find(headers);
    }
}
