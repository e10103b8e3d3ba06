using Dwapi.Actors;

namespace Dwapi.ActorRuntime.Tests.Embedded;

/// <summary>A reminder store that outlives the host.</summary>
internal sealed class ListReminderStore : IReminderStore
{
    private readonly Dictionary<(GrainId, string), StoredReminder> _reminders = [];

    public Task<IReadOnlyList<StoredReminder>> ReadAllAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredReminder>>([.. _reminders.Values]);

    public Task WriteAsync(StoredReminder reminder, CancellationToken cancellationToken)
    {
        _reminders[(reminder.Grain, reminder.Name)] = reminder;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(GrainId grain, string name, CancellationToken cancellationToken)
    {
        _reminders.Remove((grain, name));
        return Task.CompletedTask;
    }
}
