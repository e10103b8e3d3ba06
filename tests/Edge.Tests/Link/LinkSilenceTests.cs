using Dwapi.Edge.Link;
using Dwapi.Edge.Tests.Support;
using Dwapi.Gotapi.Frames;

namespace Dwapi.Edge.Tests.Link;

public sealed class LinkSilenceTests
{
    [Fact]
    public async Task Silence_OfFifteenSeconds_IsADeadLinkAndANewOneIsMade()
    {
        var time = new ManualTime();
        await using var edge = await LinkFixture.CreateAsync(time);
        edge.Start(settings => settings with { RetryDelay = TimeSpan.Zero, LongestRetryDelay = TimeSpan.Zero });
        await edge.Server.GreetAsync();

        // The server is there, its socket is open, and nothing comes: what a cut line looks like.
        time.Advance(TimeSpan.FromSeconds(14.9));
        Assert.Equal(LinkState.Up, edge.Observer.Status.State);
        time.Advance(TimeSpan.FromSeconds(0.1));

        var status = await edge.WaitAsync(LinkState.Down);
        Assert.Equal("nothing was heard for 15 s", status.Reason);
        await (await edge.Server.NextAsync()).ExpectAsync<HelloFrame>();
    }

    [Fact]
    public async Task AnyFrame_IsASignOfLife()
    {
        var time = new ManualTime();
        await using var edge = await LinkFixture.CreateAsync(time);
        edge.Start();
        var link = await edge.Server.GreetAsync();

        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(4.9));
            await link.BarrierAsync();
        }

        Assert.Equal(LinkState.Up, edge.Observer.Status.State);
    }

    [Fact]
    public async Task Ping_EveryInterval_CarriesTheAcknowledgedPosition()
    {
        var time = new ManualTime();
        await using var edge = await LinkFixture.CreateAsync(time);
        await edge.AppendAsync("a", 4);
        edge.Start();
        var link = await edge.Server.GreetAsync();
        await link.ItemsAsync(4);
        await link.SendAsync(new AckFrame { Sequence = 3, Credit = 3 });
        await link.BarrierAsync();

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(3, (await link.ExpectAsync<PingFrame>()).Acknowledged);
    }

    [Fact]
    public async Task Welcome_DoesNotCome_IsGivenUp()
    {
        var time = new ManualTime();
        await using var edge = await LinkFixture.CreateAsync(time);
        edge.Start(settings => settings with { RetryDelay = TimeSpan.Zero, LongestRetryDelay = TimeSpan.Zero });
        var link = await edge.Server.NextAsync();
        await link.ExpectAsync<HelloFrame>();

        time.Advance(TimeSpan.FromSeconds(10));

        var status = await edge.Observer.WaitAsync(status => status.Reason is not null, Patience.Token);
        Assert.Equal("no WELCOME within 10 s", status.Reason);
        await (await edge.Server.NextAsync()).ExpectAsync<HelloFrame>();
    }
}
