using Dwapi.Actors;
using Dwapi.Storage.PostgreSql;

namespace Dwapi.Storage.Reminders;

/// <summary>Reminders of the embedded runtime on PostgreSQL. (Microsoft Orleans keeps its own, in tables of its own.)</summary>
internal sealed class PostgreSqlReminderStore(PostgreSqlDatabase database) : IReminderStore
{
    public async Task<IReadOnlyList<StoredReminder>> ReadAllAsync(CancellationToken cancellationToken) => await database.Query(
        "SELECT grain, name, first_tick, period FROM reminder",
        static reader => new StoredReminder(
            GrainId.Parse(reader.GetString(0)),
            reader.GetString(1),
            DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)),
            TimeSpan.FromMilliseconds(reader.GetInt64(3))),
        cancellationToken);

    public Task WriteAsync(StoredReminder reminder, CancellationToken cancellationToken) => database.Execute(
        """
        INSERT INTO reminder (grain, name, first_tick, period) VALUES ($1, $2, $3, $4)
        ON CONFLICT (grain, name) DO UPDATE SET first_tick = EXCLUDED.first_tick, period = EXCLUDED.period
        """,
        cancellationToken,
        reminder.Grain.ToString(),
        reminder.Name,
        reminder.FirstTick.ToUnixTimeMilliseconds(),
        (long)reminder.Period.TotalMilliseconds);

    public Task RemoveAsync(GrainId grain, string name, CancellationToken cancellationToken) => database.Execute(
        "DELETE FROM reminder WHERE grain = $1 AND name = $2", cancellationToken, grain.ToString(), name);
}
