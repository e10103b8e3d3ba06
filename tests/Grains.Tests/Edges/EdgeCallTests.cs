using Dwapi.Grains.Edges;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Edges;

public sealed class EdgeCallTests : IAsyncLifetime
{
    private GrainHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GrainHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Call_WhileConnected_GivesThePluginsAnswer()
    {
        var edge = await ConnectedEdge.Connect(_host);
        edge.Link.Answer = call => Task.FromResult(new PluginAnswer(0, "", "", "", System.Text.Encoding.UTF8.GetBytes($"\"{call.Attribute}\":true")));

        var answer = await edge.Grain.Call(Some.Call, CancellationToken.None);

        Assert.Equal("\"onoff\":true", Some.Text(answer.Body));
    }

    [Fact]
    public async Task Decision04_Call_WhileTheLinkIsDown_IsError22AtOnce()
    {
        var edge = await ConnectedEdge.Connect(_host);
        await edge.Grain.Disconnect(edge.LinkId);

        Assert.Equal(22, (await edge.Grain.Call(Some.Call, CancellationToken.None)).ErrorCode);
    }

    [Fact]
    public async Task Decision04_Call_WhenThePluginSaysLowBattery_PassesError9On()
    {
        var edge = await ConnectedEdge.Connect(_host);
        edge.Link.Answer = _ => Task.FromResult(new PluginAnswer(9, "Charge it.", "", "", default));

        Assert.Equal(9, (await edge.Grain.Call(Some.Call, CancellationToken.None)).ErrorCode);
    }

    [Fact]
    public async Task Decision21_Call_ToADeadObserver_IsError22()
    {
        var edge = await ConnectedEdge.Connect(_host);
        edge.Link.Answer = _ => throw new InvalidOperationException("The socket is closed.");

        Assert.Equal(22, (await edge.Grain.Call(Some.Call, CancellationToken.None)).ErrorCode);
    }

    [Fact]
    public async Task Decision21_Call_WhenTheLinkGoesDownMeanwhile_IsError22()
    {
        var edge = await ConnectedEdge.Connect(_host);
        edge.Link.Answer = _ => new TaskCompletionSource<PluginAnswer>().Task;
        var call = edge.Grain.Call(Some.Call, CancellationToken.None);
        await edge.Link.Called.WaitAsync(TimeSpan.FromSeconds(20));

        await edge.Grain.Disconnect(edge.LinkId);

        Assert.Equal(22, (await call).ErrorCode);
    }

    [Fact]
    public async Task Decision09_Call_WithoutAnswerFor55Seconds_IsError7()
    {
        var edge = await ConnectedEdge.Connect(_host);
        edge.Link.Answer = _ => new TaskCompletionSource<PluginAnswer>().Task;
        var call = edge.Grain.Call(Some.Call, CancellationToken.None);
        await edge.Link.Called.WaitAsync(TimeSpan.FromSeconds(20));
        // The link is called before the turn that calls it has come to its wait.
        await _host.Clock.IsAwaited(_host.Clock.Now.AddSeconds(55));

        for (var i = 0; i < 10; i++)
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(5));
            Assert.True(await edge.Grain.Renew(edge.LinkId));
        }

        var early = call.IsCompleted;
        _host.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.False(early);
        Assert.Equal(7, (await call.WaitAsync(TimeSpan.FromSeconds(20))).ErrorCode);
    }

    [Fact]
    public async Task Call_WhileAnotherOneWaits_IsNotHeldUp()
    {
        var edge = await ConnectedEdge.Connect(_host);
        var slow = new TaskCompletionSource<PluginAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        edge.Link.Answer = _ => slow.Task;
        var first = edge.Grain.Call(Some.Call, CancellationToken.None);
        await edge.Link.Called.WaitAsync(TimeSpan.FromSeconds(20));
        edge.Link.Answer = _ => Task.FromResult(new PluginAnswer(0, "", "quick", "", default));

        var second = await edge.Grain.Call(Some.Call, CancellationToken.None);
        slow.SetResult(new PluginAnswer(0, "", "slow", "", default));

        Assert.Equal("quick", second.ClientId);
        Assert.Equal("slow", (await first).ClientId);
    }
}
