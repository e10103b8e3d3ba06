using System.Text.Json;
using Dwapi.EndToEnd.Tests.Hosts;
using Dwapi.Grains;
using Dwapi.Grains.Applications;
using Microsoft.Extensions.DependencyInjection;

namespace Dwapi.EndToEnd.Tests.Browser;

/// <summary>
/// Unmodified GotAPI clients of both families (their files are not part of this project): DWAPI_CLIENTS names a directory with
/// <c>gotapi-client.js</c> of node-gotapi and <c>dconnectsdk-2.3.0.js</c> of DeviceConnect-JS.
/// </summary>
[Collection("port 4035")]
public sealed class ThirdPartyClientTests
{
    private const string Missing = "Needs Chromium, and DWAPI_CLIENTS=DIRECTORY with gotapi-client.js and dconnectsdk-2.3.0.js.";
    private const string GotapiPort = "http://127.0.0.1:4035";

    private static string? Libraries => Environment.GetEnvironmentVariable("DWAPI_CLIENTS");

    public static bool HasClients => BrowserTests.HasBrowser && Libraries is { } path
        && File.Exists(Path.Combine(path, "gotapi-client.js")) && File.Exists(Path.Combine(path, "dconnectsdk-2.3.0.js"));

    [Fact(Skip = Missing, SkipUnless = nameof(HasClients))]
    public async Task NodeGotapiClient_Unmodified_ConnectsReadsAndReceives_WithItsHmacChecks()
    {
        // This client knows no other port than 4035.
        await using var host = await RunningHost.Start(urls: GotapiPort);
        await using var pages = await PageServer.Start("node-gotapi.html", Libraries);
        await FirstResults.Wait(host.Url);

        var result = await pages.Run(host.Url);

        AssertWorked(result);
    }

    [Fact(Skip = Missing, SkipUnless = nameof(HasClients))]
    public async Task DeviceConnectSdk_Unmodified_ConnectsReadsAndReceives()
    {
        await using var host = await RunningHost.Start();
        await using var pages = await PageServer.Start("deviceconnect.html", Libraries);
        await FirstResults.Wait(host.Url);

        var result = await pages.Run(host.Url);

        AssertWorked(result);
        Assert.Equal("established", result.GetProperty("again").GetString());
        Assert.Contains("health", result.GetProperty("supports").EnumerateArray().Select(static s => s.GetString()));
    }

    [Fact(Skip = Missing, SkipUnless = nameof(HasClients))]
    public async Task DeviceConnectSdk_Unmodified_WithItsHmacCheck_AndTheKeyOfTheLaunchUri()
    {
        const string key = "00112233445566778899aabbccddeeff";
        await using var host = await RunningHost.Start();
        await using var pages = await PageServer.Start("deviceconnect.html", Libraries);
        await FirstResults.Wait(host.Url);
        var origin = pages.Url.GetLeftPart(UriPartial.Authority);
        await host.Services.GetRequiredService<IGrainFactory>()
            .GetGrain<IApplicationGrain>(TenantKey.Of(TenantKey.DefaultTenant, origin)).SetOriginKey(new HmacKey(key, Ascii: false));

        var result = await pages.Run(host.Url, $"&key={key}");

        AssertWorked(result);
        Assert.Equal(64, result.GetProperty("hmac").GetString()!.Length);
    }

    private static void AssertWorked(JsonElement result)
    {
        Assert.True(result.GetProperty("ok").GetBoolean(), result.GetRawText());
        Assert.True(result.GetProperty("services").GetInt32() >= 3);
        Assert.All(result.GetProperty("oneShots").EnumerateArray(), static o => Assert.True(o.TryGetProperty("device", out _)));
        Assert.True(result.GetProperty("event").GetProperty("heart").GetProperty("rate").GetProperty("value").GetDouble() > 0);
        Assert.Equal(0, result.GetProperty("stop").GetInt32());
    }
}
