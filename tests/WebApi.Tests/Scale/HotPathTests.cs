using Dwapi.Gotapi.Health;
using Dwapi.Grains.Applications;
using Dwapi.Grains.Tests.Runtime;
using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.Scale;

/// <summary>No grain is passed by every request: a warmed-up one-shot asks its device and nobody else.</summary>
public sealed class HotPathTests
{
    private const int Requests = 20;

    [Theory]
    [InlineData("")]
    [InlineData("&nonce=0011")]
    public async Task OneShot_WarmedUp_CallsItsDeviceAndNoOtherGrain(string more)
    {
        var calls = new GrainCalls();
        await using var host = await GotapiHost.Start(silo => silo.AddIncomingGrainCallFilter(calls));
        var edge = await TestEdge.Connect(host);
        var device = await edge.AddHealth(HealthAttributes.Thermometer);
        await device.Measure("36.6");
        using var application = await Application.WithAccess(host);
        await application.Read(device.Path, device.Query + more);

        // What nobody waits for: the announcement is numbered, and the session is told that it is used, once a minute.
        await Eventually.Is(
            () => ValueTask.FromResult(calls.All),
            all => all.Contains(("IServiceChangesGrain", "Publish")) && all.Contains(("ISessionGrain", "Touch")));
        calls.Clear();

        for (var i = 0; i < Requests; i++)
        {
            Assert.Equal(0, (await application.Read(device.Path, device.Query + more)).Error);
        }

        Assert.Equal(Enumerable.Repeat(("IDeviceGrain", "GetLatest"), Requests), calls.All);
    }

    [Fact]
    public async Task OriginKey_SetOnAnotherNode_SignsHereWithinTwoSeconds()
    {
        await using var host = await GotapiHost.Start();
        using var application = new Application(host, "https://keyed.example");
        Assert.False((await application.Get("/gotapi/availability?nonce=0011")).Has("hmac"));
        await host.ApplicationGrain(application.Origin!).SetOriginKey(new HmacKey("00112233445566778899aabbccddeeff", Ascii: false));

        host.Clock.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromMilliseconds(1));

        Assert.True((await application.Get("/gotapi/availability?nonce=0011")).Has("hmac"));
    }
}
