using Dwapi.Gotapi.Frames;
using Dwapi.Grains.Tests.Runtime;
using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.PluginLink;

/// <summary>What the link does by the clock.</summary>
public sealed class PluginLinkClockTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private readonly LinkHost _host;

    public PluginLinkClockTests() => _host = new LinkHost { Clock = _clock, Settings = { ["Gotapi:PluginTimeout"] = "00:00:04" } };

    [Fact]
    public async Task Link_ThatSaysNothing_IsClosedAfterFiveSeconds_Decision29()
    {
        await using var client = await LinkClient.OpenAsync(_host.Address);
        var answer = client.ReceiveAsync();

        Assert.Equal(7, Assert.IsType<ErrorFrame>(await _clock.PassUntil(answer)).ErrorCode);
        Assert.Null(await client.ReceiveAsync());
    }

    [Fact]
    public async Task Link_OverAMinute_IsRenewedAndStaysUp_Decision21()
    {
        await using var client = await LinkClient.HelloAsync(_host.Address, "renewed", await _host.EnrolAsync("renewed"));
        await client.ReceiveAsync<WelcomeFrame>();

        for (var second = 0; second < 60; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await client.SendAsync(new PingFrame(0));
            await client.ReceiveAsync<PongFrame>();
            await _host.UntilAsync(async () => _clock.GetUtcNow() - (await _host.Edge("renewed").GetStatus()).LastSeen < TimeSpan.FromSeconds(6));
        }

        Assert.True((await _host.Edge("renewed").GetStatus()).Connected);
    }

    [Fact]
    public async Task Call_ThatIsNotAnswered_IsError7_Decision9()
    {
        await using var client = await LinkClient.HelloAsync(_host.Address, "silent", await _host.EnrolAsync("silent"));
        await client.ReceiveAsync<WelcomeFrame>();
        var call = _host.Edge("silent").Call(new("GET", "s", "lamp", "", "light", "", "", "", "", "", []), default);
        await client.ReceiveAsync<RequestFrame>();

        Assert.Equal(7, (await _clock.PassUntil(call)).ErrorCode);
    }

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
