using System.Collections.Immutable;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Tests.Runtime;
using Dwapi.WebApi.Events;
using Dwapi.WebApi.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dwapi.WebApi.Tests.Events;

/// <summary>Every change of a service reaches the applications once and in order, whatever the stream does.</summary>
public sealed class ServiceChangeTests : IAsyncLifetime
{
    private readonly UnsureOutcomes _outcomes = new();
    private GotapiHost _host = null!;
    private TestEdge _edge = null!;
    private Application _application = null!;

    private IServiceChangesGrain Numbers => _host.Client.GetGrain<IServiceChangesGrain>(GotapiHost.Tenant);

    public async ValueTask InitializeAsync()
    {
        _host = await GotapiHost.Start(silo => silo.AddIncomingGrainCallFilter(_outcomes));
        _edge = await TestEdge.Connect(_host);
        _application = await Application.WithAccess(_host);
        await Add("before");
    }

    public async ValueTask DisposeAsync()
    {
        _application.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task LostNotification_NextChange_TheHoleIsReadAgainInOrder()
    {
        await using var socket = await Watch();
        _host.StreamProvider.Lossy = true;
        await Add("a");
        await Add("b");
        _host.StreamProvider.Lossy = false;
        await Add("c");

        Assert.Equal(["+a", "+b", "+c"], await Told(socket, 3));
    }

    [Fact]
    public async Task LostNotification_NoFurtherChange_TheHeadCheckReadsItWithin5Seconds()
    {
        await using var socket = await Watch();
        _host.StreamProvider.Lossy = true;
        await Add("a");
        await Pass5Seconds();

        Assert.Equal(["+a"], await Told(socket, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Notifications_LostDelayedAndReordered_EveryChangeIsToldOnceAndInOrder(int seed)
    {
        await using var socket = await Watch();
        var random = new Random(seed);
        _host.StreamProvider.Fates = () => random.GetItems([Fate.Lost, Fate.Arrives, Fate.AfterTheNext, Fate.AfterFive], 1)[0];
        var expected = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            await Add($"s{i}");
            expected.Add($"+s{i}");
            if (i % 3 == 2)
            {
                await Remove($"s{i - 1}");
                expected.Add($"-s{i - 1}");
            }
        }

        // What the last ones lost is found by the head check.
        _host.StreamProvider.Lossy = true;
        await Pass5Seconds();

        Assert.Equal(expected, await Told(socket, expected.Count));
    }

    [Fact]
    public async Task ForgottenSubscription_IsMadeAnew_AndTellsAgain()
    {
        await using var socket = await Watch();
        await Add("a");
        Assert.Equal(["+a"], await Told(socket, 1));
        _host.StreamProvider.Forgotten = true;
        foreach (var serviceId in (string[])["b", "c", "d"])
        {
            await Add(serviceId);
            await Pass5Seconds();
            Assert.Equal(["+" + serviceId], await Told(socket, 1));
        }

        await Eventually.Is(() => ValueTask.FromResult(_host.StreamProvider.Forgotten), forgotten => !forgotten);

        // The clock stands still: only the stream can tell this one.
        await Add("e");
        Assert.Equal(["+e"], await Told(socket, 1));
    }

    [Fact]
    public async Task MoreLostThanIsKept_TheListsSayWhatBecameDifferent()
    {
        await using var socket = await Watch();
        await Add("a");
        await Add("b");
        Assert.Equal(["+a", "+b"], await Told(socket, 2));

        // A check follows the first one, which learns what there is to compare with.
        _host.StreamProvider.Lossy = true;
        await Add("checked");
        await Pass5Seconds();
        Assert.Equal(["+checked"], await Told(socket, 1));
        await Add("c");
        await Remove("a");
        await Add("passing");
        await Remove("passing");
        var flood = Enumerable.Repeat((await Numbers.Read((await Numbers.Read("", 0)).Epoch, 0)).Changes[0], 2000).ToImmutableArray();
        await Numbers.Publish("flood", "run", 1, flood);
        await Pass5Seconds();

        Assert.Equal(["-a", "+c"], await Told(socket, 2));
        _host.StreamProvider.Lossy = false;
        await Add("d");
        Assert.Equal(["+d"], await Told(socket, 1));
    }

    [Fact]
    public async Task Decision02_ChangesBeforeTheFirstSocketAndBetweenTwo_AreTold()
    {
        await _application.Put("serviceDiscovery/onServiceChange");
        await Add("a");
        await using (var first = await TestSocket.Connect(_application))
        {
            Assert.Equal(["+a"], await Told(first, 1));
        }

        await Eventually.Is(() => _host.Session(_application.ClientId).IsConnected(), connected => !connected);
        await Add("b");
        await using var second = await TestSocket.Connect(_application);
        await Add("c");
        Assert.Equal(["+b", "+c"], await Told(second, 2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CallThatFailed_IsRepeatedWithin5Seconds_AndToldOnce(bool arrived)
    {
        await using var socket = await Watch();
        _outcomes.Next = arrived;
        await _edge.Announce(_edge.Service("a"));
        await Eventually.Is(() => Task.FromResult(_host.Log.All), lines => lines.Contains("could not be published", StringComparison.Ordinal));
        await Pass5Seconds();
        await Add("b");

        Assert.Equal(["+a", "+b"], await Told(socket, 2));
    }

    private async Task<TestSocket> Watch()
    {
        var socket = await TestSocket.Connect(_application);
        Assert.Equal(0, (await _application.Put("serviceDiscovery/onServiceChange")).Error);
        return socket;
    }

    private Task Add(string serviceId) => Changed(() => _edge.Announce(_edge.Service(serviceId)), serviceId, present: true);

    private Task Remove(string serviceId) => Changed(() => _edge.Remove(serviceId), serviceId, present: false);

    // An announcement does not wait until its change has a number.
    private async Task Changed(Func<Task> change, string serviceId, bool present)
    {
        var head = await Numbers.Read("", 0);
        await change();
        await Eventually.Is(
            () => Numbers.Read(head.Epoch, head.After),
            page => page.Changes.Any(told => told.Service.ServiceId == serviceId && told.Present == present));
    }

    private async Task Pass5Seconds()
    {
        await _edge.Renew();
        _host.Clock.Advance(TimeSpan.FromSeconds(5));

        // A subscription that the check makes anew misses what is published meanwhile.
        var hub = _host.Services.GetRequiredService<EventHub>();
        await Eventually.Is(() => ValueTask.FromResult(hub.IsChecking), checking => !checking);
    }

    private static async Task<List<string>> Told(TestSocket socket, int count)
    {
        var told = new List<string>();
        while (told.Count < count)
        {
            var frame = await socket.Next();
            Assert.False(frame.TryGetProperty("gap", out _));
            var service = frame.GetProperty("networkService");
            told.Add((service.GetProperty("state").GetBoolean() ? "+" : "-") + service.GetProperty("id").GetString());
        }

        return told;
    }

    /// <summary>A call that fails for its caller, whether or not it arrived.</summary>
    private sealed class UnsureOutcomes : IIncomingGrainCallFilter
    {
        /// <summary>Whether the next call arrives before it fails; null: it does not fail.</summary>
        public bool? Next { get; set; }

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            var next = Next;
            if (next is null || context.InterfaceMethod.Name != nameof(IServiceChangesGrain.Publish))
            {
                await context.Invoke();
                return;
            }

            Next = null;
            if (next.Value)
            {
                await context.Invoke();
            }

            throw new TimeoutException("The silo is gone.");
        }
    }
}
