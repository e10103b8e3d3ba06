using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;
using Orleans.Timers;

namespace Dwapi.Actors.Runtime;

/// <summary>All reminders of the process.</summary>
internal sealed class ReminderService(ActorRuntime runtime, IReminderStore store) : IReminderRegistry, IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<(GrainId, string), Reminder> _reminders = new();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var stored in await store.ReadAllAsync(cancellationToken))
            Run(stored);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        if (period < runtime.Settings.MinimumReminderPeriod)
        {
            throw new ArgumentException(
                $"The period of reminder {reminderName} is {period}; the shortest is {runtime.Settings.MinimumReminderPeriod}.", nameof(period));
        }
        var stored = new StoredReminder(callingGrainId, reminderName, runtime.Time.GetUtcNow() + dueTime, period);
        await store.WriteAsync(stored, default);
        return Run(stored);
    }

    public async Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        ArgumentNullException.ThrowIfNull(reminder);
        if (!_reminders.TryGetValue((callingGrainId, reminder.ReminderName), out var running))
            return; // Gone already, which is what was asked for.
        if (!ReferenceEquals(reminder, running) || !_reminders.TryRemove(KeyValuePair.Create((callingGrainId, reminder.ReminderName), running)))
            throw new ReminderException($"Reminder {reminder.ReminderName} of {callingGrainId} was registered again since.");
        running.Dispose();
        await store.RemoveAsync(callingGrainId, reminder.ReminderName, default);
    }

    public Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName) =>
        Task.FromResult<IGrainReminder?>(_reminders.GetValueOrDefault((callingGrainId, reminderName)));

    public Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) =>
        Task.FromResult(_reminders.Values.Where(r => r.Stored.Grain == callingGrainId).ToList<IGrainReminder>());

    public void Dispose()
    {
        foreach (var (_, reminder) in _reminders)
            reminder.Dispose();
        _reminders.Clear();
    }

    private Reminder Run(StoredReminder stored)
    {
        var fresh = new Reminder(runtime, stored);
        _reminders.AddOrUpdate((stored.Grain, stored.Name), fresh, (_, old) =>
        {
            old.Dispose();
            return fresh;
        });
        fresh.Start();
        return fresh;
    }
}
