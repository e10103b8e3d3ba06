using Dwapi.Gotapi.Authentication;
using Dwapi.Gotapi.Health;
using Dwapi.Grains.Applications;
using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.Gotapi;

/// <summary>Server authentication (gotapi-1.1 section 8, DECISIONS 1, 6, 7).</summary>
public sealed class HmacTests(SharedHost shared)
{
    private const string Key = "00112233445566778899aabbccddeeff";
    private const string Nonce = "000102030405060708090a0b0c0d0e0f";
    private const string AsciiHmac = "67a6a9302be7f290f5639d81b0e218f6a6c39cb2f4e76337db249a03bd1f1563";
    private const string HexHmac = "a5ce9cbf7c63cbedf3403e594d04b0ef6b77679c7c6b467ac78035756732d108";
    private const string EmptyNonceHmac = "e8a06537f096ccf1a3c425a56cea054072c4a8db67bd28cfb02fbeaf84b35f6c";

    private GotapiHost Host => shared.Host;

    [Fact]
    public async Task Shall06_KeyFromAvailability_SignsEveryAnswerFromTheGrantOnAsAscii()
    {
        using var application = NewOrigin();
        Assert.Equal(0, (await application.Get($"/gotapi/availability?key={Key}")).Error);
        var grant = await application.Get($"/gotapi/authorization/grant?nonce={Nonce}");
        Assert.Equal(AsciiHmac, grant.String("hmac"));
        var refused = await application.Get($"/gotapi/authorization/accessToken?clientId={grant.String("clientId")}&scope=&nonce={Nonce}");
        Assert.Equal((10, AsciiHmac), (refused.Error, refused.String("hmac")));
        var access = await Access(application, grant.String("clientId"), $"&nonce={Nonce}");
        Assert.Equal(AsciiHmac, access.String("hmac"));
        var discovery = await application.Get($"/gotapi/serviceDiscovery?accessToken={access.String("accessToken")}&nonce={Nonce}");
        Assert.Equal(AsciiHmac, discovery.String("hmac"));
        var error = await application.Get($"/gotapi/system?accessToken={access.String("accessToken")}&nonce={Nonce}");
        Assert.Equal((14, AsciiHmac), (error.Error, error.String("hmac")));
    }

    [Theory]
    [InlineData("/gotapi/availability", Nonce, HexHmac)]
    [InlineData("/gotapi/authorization/grant", Nonce, HexHmac)]
    [InlineData("/gotapi/availability", "", EmptyNonceHmac)]
    [InlineData("/gotapi/serviceDiscovery?accessToken=unknown.token", Nonce, HexHmac)]
    public async Task Decision07_OriginKey_SignsWhatNoClientStandsBehind(string path, string nonce, string hmac)
    {
        using var application = NewOrigin();
        await Host.ApplicationGrain(application.Origin!).SetOriginKey(new HmacKey(Key, Ascii: false));
        var reply = await application.Get(path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "nonce=" + nonce);
        Assert.Equal(hmac, reply.String("hmac"));
    }

    [Fact]
    public async Task Decision07_ClientKey_GoesBeforeTheOriginKey()
    {
        using var application = NewOrigin();
        await Host.ApplicationGrain(application.Origin!).SetOriginKey(new HmacKey("ff", Ascii: false));
        await application.Get($"/gotapi/availability?key={Key}");
        Assert.Equal(AsciiHmac, (await application.Get($"/gotapi/authorization/grant?nonce={Nonce}")).String("hmac"));
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "?nonce=" + Nonce)]
    public async Task Shall06_NoKeyOrNoNonce_NoHmac(bool key, string query)
    {
        using var application = NewOrigin();
        if (key)
        {
            await Host.ApplicationGrain(application.Origin!).SetOriginKey(new HmacKey(Key, Ascii: false));
        }

        Assert.False((await application.Get("/gotapi/availability" + query)).Has("hmac"));
    }

    [Fact]
    public async Task Shall06_NonceThatIsNoHex_WithAHexKeyIsNotSigned()
    {
        using var application = NewOrigin();
        await Host.ApplicationGrain(application.Origin!).SetOriginKey(new HmacKey(Key, Ascii: false));
        Assert.False((await application.Get("/gotapi/availability?nonce=xyz")).Has("hmac"));
    }

    [Fact]
    public async Task Decision01_TwoPendingKeys_AreBoundInTheOrderOfArrival()
    {
        using var application = NewOrigin();
        await application.Get($"/gotapi/availability?key={Key}");
        await application.Get("/gotapi/availability?key=ffff");
        Assert.Equal(AsciiHmac, (await application.Get($"/gotapi/authorization/grant?nonce={Nonce}")).String("hmac"));
        Assert.True(ServerHmac.TryCompute(HmacForm.Ascii, "ffff", Nonce, out var second));
        Assert.Equal(second, (await application.Get($"/gotapi/authorization/grant?nonce={Nonce}")).String("hmac"));
    }

    [Fact]
    public async Task Decision06_HmacOfEvents_IsThatOfThePutsNonce()
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);

        // Its own: a key that is offered is the next client's, and the other origins have clients of tests that run beside this one.
        using var application = new Application(Host, Application.SignedOrigin);
        await application.Get($"/gotapi/availability?key={Key}");
        await application.GetAccess();
        await using var socket = await TestSocket.Connect(application);
        Assert.Equal(AsciiHmac, (await application.Put(device.Path, device.Query + "&nonce=" + Nonce)).String("hmac"));
        await device.Measure("36.1", "36.2");
        Assert.Equal(AsciiHmac, (await socket.Next()).GetProperty("hmac").GetString());
        Assert.Equal(AsciiHmac, (await socket.Next()).GetProperty("hmac").GetString());
        await application.Put(device.Path, device.Query);
        Assert.False((await socket.Next()).TryGetProperty("hmac", out _));
    }

    private Application NewOrigin() => new(Host, $"https://{Guid.NewGuid():N}.example");

    private async Task<Reply> Access(Application application, string clientId, string query)
    {
        var asking = application.Get($"/gotapi/authorization/accessToken?clientId={clientId}&scope=servicediscovery{query}");
        var pending = await Dwapi.Grains.Tests.Runtime.Eventually.Is(() => Host.Session(clientId).GetPendingApproval(), pending => pending is not null);
        await Host.Session(clientId).Decide(pending!.ApprovalId, approve: true);
        return await asking;
    }
}
