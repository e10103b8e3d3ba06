using System.Collections.Concurrent;
using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Reminders;

public sealed class ReminderGrain : Grain, IReminderGrain, IRemindable
{
    private static readonly ConcurrentDictionary<string, int> Ticks = new();
    private static readonly ConcurrentDictionary<string, int> Activations = new();

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Signal.Set($"{Key}/activate {Activations.AddOrUpdate(Key, 1, static (_, n) => n + 1)}");
        return Task.CompletedTask;
    }

    public Task Register(string name, TimeSpan dueTime, TimeSpan period) => this.RegisterOrUpdateReminder(name, dueTime, period);

    public async Task<bool> Unregister(string name)
    {
        if (await this.GetReminder(name) is not { } reminder)
            return false;
        await this.UnregisterReminder(reminder);
        return true;
    }

    public async Task UnregisterTwice(string name)
    {
        var reminder = await this.GetReminder(name);
        await this.UnregisterReminder(reminder!);
        await this.UnregisterReminder(reminder!);
    }

    public async Task UnregisterReplaced(string name)
    {
        var replaced = await this.GetReminder(name);
        await Register(name, TimeSpan.FromHours(2), TimeSpan.FromHours(2));
        await this.UnregisterReminder(replaced!);
    }

    public async Task<string[]> All() => [.. (await this.GetReminders()).Select(r => r.ReminderName).Order()];

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var count = Ticks.AddOrUpdate(Key + reminderName, 1, static (_, n) => n + 1);
        Journal.Note(Key, $"{reminderName} {status.Period}");
        Signal.Set($"{Key}/{reminderName} {count}");
        return Task.CompletedTask;
    }
}
