using Orleans.Runtime;

namespace Dwapi.Actors.Runtime;

/// <summary>Keeps nothing: the reminders of the running process are with the service itself.</summary>
internal sealed class MemoryReminderStore : IReminderStore
{
    public Task<IReadOnlyList<StoredReminder>> ReadAllAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredReminder>>([]);

    public Task WriteAsync(StoredReminder reminder, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task RemoveAsync(GrainId grain, string name, CancellationToken cancellationToken) => Task.CompletedTask;
}
