using Orleans.Runtime;

namespace Dwapi.Actors;

/// <summary>Where the embedded runtime keeps reminders. Register one to make them durable; without, they last as long as the process.</summary>
public interface IReminderStore
{
    /// <summary>Reads all reminders; called once, at start.</summary>
    Task<IReadOnlyList<StoredReminder>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Adds a reminder, or replaces the one of this grain and name.</summary>
    Task WriteAsync(StoredReminder reminder, CancellationToken cancellationToken);

    /// <summary>Removes a reminder; a missing one is no error.</summary>
    Task RemoveAsync(GrainId grain, string name, CancellationToken cancellationToken);
}
