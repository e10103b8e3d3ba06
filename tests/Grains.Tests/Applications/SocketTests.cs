using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Applications;

public sealed class SocketTests
{
    [Fact]
    public async Task Decision01_Attach_WhileAnotherLiveSocketOfTheClientIsThere_IsRefused()
    {
        await using var host = await GrainHost.Start(ApprovedClient.Policy);
        var clientId = await host.Approved();
        await host.Attach(clientId, "first");

        Assert.False((await host.Attach(clientId, "second")).Result.Accepted);
    }

    [Fact]
    public async Task Decision01_Attach_OfAnotherClientOfTheOrigin_IsAccepted()
    {
        await using var host = await GrainHost.Start(ApprovedClient.Policy);
        await host.Attach(await host.Approved(), "first");

        Assert.True((await host.Attach(await host.Approved(), "second")).Result.Accepted);
    }

    [Fact]
    public async Task Attach_WithReplaceOldSocket_ClosesTheOldOne()
    {
        await using var host = await GrainHost.Start([.. ApprovedClient.Policy, ("Gotapi:ReplaceOldSocket", "true")]);
        var clientId = await host.Approved();
        var (old, _) = await host.Attach(clientId, "first");

        Assert.True((await host.Attach(clientId, "second")).Result.Accepted);

        Assert.Equal("close", await old.Next());
        Assert.False(await host.Session(clientId).RenewSocket("first"));
    }

    [Fact]
    public async Task Decision21_Attach_WhenTheOldSocketWasSilentFor15Seconds_IsAccepted()
    {
        await using var host = await GrainHost.Start(ApprovedClient.Policy);
        var clientId = await host.Approved();
        await host.Attach(clientId, "first");
        host.Clock.Advance(TimeSpan.FromSeconds(14));
        var early = (await host.Attach(clientId, "second")).Result.Accepted;
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.False(early);
        Assert.True((await host.Attach(clientId, "second")).Result.Accepted);
    }

    [Fact]
    public async Task Decision21_RenewSocket_KeepsItLive()
    {
        await using var host = await GrainHost.Start(ApprovedClient.Policy);
        var clientId = await host.Approved();
        await host.Attach(clientId, "first");

        for (var i = 0; i < 4; i++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(10));
            Assert.True(await host.Session(clientId).RenewSocket("first"));
        }

        Assert.True(await host.Session(clientId).IsConnected());
        Assert.False((await host.Attach(clientId, "second")).Result.Accepted);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task ClockSetByAnHour_KeepsALiveSocketAndStillFindsASilentOne(int hours)
    {
        await using var host = await GrainHost.Start(ApprovedClient.Policy);
        var clientId = await host.Approved();
        await host.Attach(clientId, "first");

        host.Clock.Set(TimeSpan.FromHours(hours));
        Assert.False((await host.Attach(clientId, "second")).Result.Accepted);

        host.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.True((await host.Attach(clientId, "second")).Result.Accepted);
    }

    [Fact]
    public async Task NewToken_ClosesTheOldSocketAndTheNextOneIsAccepted()
    {
        await using var host = await GrainHost.Start(ApprovedClient.Policy);
        var clientId = await host.Approved();
        var (old, _) = await host.Attach(clientId, "first");

        await host.Ask(clientId);

        Assert.Equal("close", await old.Next());
        Assert.True((await host.Attach(clientId, "second")).Result.Accepted);
    }

    [Fact]
    public async Task Attach_BeforeApproval_IsRefused()
    {
        await using var host = await GrainHost.Start();

        Assert.False((await host.Attach(await host.Grant(), "socket")).Result.Accepted);
    }

    [Fact]
    public async Task Detach_OfASocketThatWasReplaced_LeavesTheNewOne()
    {
        await using var host = await GrainHost.Start([.. ApprovedClient.Policy, ("Gotapi:ReplaceOldSocket", "true")]);
        var clientId = await host.Approved();
        await host.Attach(clientId, "first");
        await host.Attach(clientId, "second");

        await host.Session(clientId).Detach("first", []);

        Assert.True(await host.Session(clientId).IsConnected());
    }
}
