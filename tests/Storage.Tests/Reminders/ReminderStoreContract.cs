using Dwapi.Actors;

namespace Dwapi.Storage.Tests.Reminders;

/// <summary>What every durable store of reminders does.</summary>
public abstract class ReminderStoreContract
{
    private protected static readonly CancellationToken None = CancellationToken.None;

    private protected static readonly StoredReminder Reminder = new(
        GrainId.Create("printjob", "clinic/7"), "retry", DateTimeOffset.UnixEpoch.AddDays(20_000), TimeSpan.FromMinutes(90));

    private protected abstract IReminderStore Store { get; }

    /// <summary>The store as the next process opens it.</summary>
    private protected abstract Task Reopen();

    [Fact]
    public async Task Write_ThenReopen_IsStillThere()
    {
        await Store.WriteAsync(Reminder, None);
        await Reopen();

        Assert.Equal([Reminder], await Store.ReadAllAsync(None));
    }

    [Fact]
    public async Task Write_SameNameAgain_Replaces()
    {
        await Store.WriteAsync(Reminder, None);
        await Store.WriteAsync(Reminder with { Period = TimeSpan.FromDays(1) }, None);

        Assert.Equal(TimeSpan.FromDays(1), Assert.Single(await Store.ReadAllAsync(None)).Period);
    }

    [Fact]
    public async Task Remove_OneOfTwo_LeavesTheOther()
    {
        await Store.WriteAsync(Reminder, None);
        await Store.WriteAsync(Reminder with { Name = "other" }, None);

        await Store.RemoveAsync(Reminder.Grain, "retry", None);
        await Store.RemoveAsync(Reminder.Grain, "never there", None);

        Assert.Equal("other", Assert.Single(await Store.ReadAllAsync(None)).Name);
    }
}
