using Dwapi.ActorRuntime.Tests.Reminders;
using Dwapi.ActorRuntime.Tests.Runtime;
using Dwapi.Actors;
using Microsoft.Extensions.DependencyInjection;

namespace Dwapi.ActorRuntime.Tests.Embedded;

public sealed class DurableReminderTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly FakeClock _clock = new();
    private readonly ListReminderStore _store = new();

    [Fact]
    public async Task Reminder_AfterARestart_IsStillDue()
    {
        await using (var first = await StartAsync())
            await first.Client.GetGrain<IReminderGrain>("restart").Register("r", 2 * Hour, Hour);
        _clock.Advance(Hour);
        await using var second = await StartAsync();

        _clock.Advance(Hour);

        await Signal.Wait("restart/r 1");
    }

    [Fact]
    public async Task Reminder_MissedWhileDown_TicksAtTheNextMultipleOfItsPeriod()
    {
        await using (var first = await StartAsync())
            await first.Client.GetGrain<IReminderGrain>("missed").Register("r", Hour, Hour);
        _clock.Advance(3.5 * Hour);
        await using var second = await StartAsync();

        _clock.Advance(0.4 * Hour);
        Assert.False(Signal.IsSet("missed/r 1"));
        _clock.Advance(0.1 * Hour);

        await Signal.Wait("missed/r 1");
    }

    [Fact]
    public async Task Reminder_Unregistered_DoesNotComeBackAfterARestart()
    {
        await using (var first = await StartAsync())
        {
            await first.Client.GetGrain<IReminderGrain>("removed").Register("r", Hour, Hour);
            Assert.True(await first.Client.GetGrain<IReminderGrain>("removed").Unregister("r"));
        }
        await using var second = await StartAsync();

        Assert.Empty(await second.Client.GetGrain<IReminderGrain>("removed").All());
    }

    private Task<ActorCluster> StartAsync() => ActorCluster.StartAsync(new ClusterSettings { Time = _clock },
        silo => silo.Services.AddSingleton<IReminderStore>(_store));
}
