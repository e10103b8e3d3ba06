using System.Runtime.CompilerServices;
using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Reminders;

/// <summary>What reminders promise, wherever they are kept.</summary>
public abstract class ReminderContract(ReminderCluster cluster)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Reminder_WhenDue_CallsTheGrainAgainAndAgain()
    {
        var (grain, key) = Grain();

        await grain.Register("r", TimeSpan.Zero, Second);

        await Signal.Wait(key + "/r 2");
        Assert.Contains("r 00:00:01", Journal.Of(key));
        await grain.Unregister("r");
    }

    [Fact]
    public async Task Reminder_OfAnEndedActivation_ActivatesTheGrain()
    {
        var (grain, key) = Grain();
        await grain.Register("r", Second, Second);
        await grain.End();

        // Nobody else calls it; after a tick that came before the end there is another one.
        await Signal.Wait(key + "/activate 2");
        await Signal.Wait(key + "/r 1");
        await grain.Unregister("r");
    }

    [Fact]
    public async Task Reminder_Unregistered_IsGone()
    {
        var (grain, _) = Grain();
        await grain.Register("a", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        await grain.Register("b", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        Assert.Equal(["a", "b"], await grain.All());

        Assert.True(await grain.Unregister("a"));

        Assert.Equal(["b"], await grain.All());
        Assert.False(await grain.Unregister("a"));
        await grain.Unregister("b");
    }

    [Fact]
    public async Task Reminder_RegisteredAgain_IsReplaced()
    {
        var (grain, key) = Grain();
        await grain.Register("r", TimeSpan.FromHours(1), TimeSpan.FromHours(1));

        await grain.Register("r", Second, TimeSpan.FromHours(2));

        await Signal.Wait(key + "/r 1");
        Assert.Contains("r 02:00:00", Journal.Of(key));
        Assert.Equal(["r"], await grain.All());
        await grain.Unregister("r");
    }

    [Fact]
    public async Task Reminder_DueAtOnce_WaitsForAPeriod()
    {
        var (grain, key) = Grain();
        await grain.Register("now", TimeSpan.Zero, TimeSpan.FromHours(1));
        await grain.Register("later", Second, TimeSpan.FromHours(1));

        await Signal.Wait(key + "/later 1");

        Assert.False(Signal.IsSet(key + "/now 1"));
        await grain.Unregister("now");
        await grain.Unregister("later");
    }

    [Fact]
    public async Task Unregister_Twice_IsTheSameAsOnce()
    {
        var (grain, _) = Grain();
        await grain.Register("r", TimeSpan.FromHours(1), TimeSpan.FromHours(1));

        await grain.UnregisterTwice("r");

        Assert.Empty(await grain.All());
    }

    [Fact]
    public async Task Unregister_OfAReminderThatWasReplaced_IsRefused()
    {
        var (grain, _) = Grain();
        await grain.Register("r", TimeSpan.FromHours(1), TimeSpan.FromHours(1));

        await Assert.ThrowsAsync<ReminderException>(() => grain.UnregisterReplaced("r"));

        Assert.Equal(["r"], await grain.All());
        await grain.Unregister("r");
    }

    [Fact]
    public async Task Reminder_OfATooShortPeriod_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Grain().Grain.Register("r", Second, TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public async Task Reminder_OfAGrainThatIsNotRemindable_IsRefused()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(cluster.Client.GetGrain<IForgetfulGrain>("x").Register);
    }

    private (IReminderGrain Grain, string Key) Grain([CallerMemberName] string test = "")
    {
        var key = $"{GetType().Name} {test}";
        return (cluster.Client.GetGrain<IReminderGrain>(key), key);
    }
}
