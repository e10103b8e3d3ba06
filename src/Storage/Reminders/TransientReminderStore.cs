using Dwapi.Actors;

namespace Dwapi.Storage.Reminders;

/// <summary>Keeps nothing: the runtime itself holds the reminders of the running process.</summary>
internal sealed class TransientReminderStore : IReminderStore
{
    public Task<IReadOnlyList<StoredReminder>> ReadAllAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredReminder>>([]);

    public Task WriteAsync(StoredReminder reminder, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task RemoveAsync(GrainId grain, string name, CancellationToken cancellationToken) => Task.CompletedTask;
}
