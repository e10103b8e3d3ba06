using Dwapi.Actors;
using Dwapi.Storage.Sqlite;

namespace Dwapi.Storage.Reminders;

/// <summary>Reminders of the embedded runtime, durable. (Microsoft Orleans keeps its own, in PostgreSQL.)</summary>
internal sealed class SqliteReminderStore(SqliteDatabase database) : IReminderStore
{
    public Task<IReadOnlyList<StoredReminder>> ReadAllAsync(CancellationToken cancellationToken) => database.Read(
        true,
        static IReadOnlyList<StoredReminder> (session, _) =>
        {
            var reminders = new List<StoredReminder>();
            var statement = session.Prepare("SELECT grain, name, first_tick, period FROM reminder");
            while (statement.Step())
            {
                reminders.Add(new StoredReminder(
                    GrainId.Parse(statement.Text(0)),
                    statement.Text(1),
                    DateTimeOffset.FromUnixTimeMilliseconds(statement.Long(2)),
                    TimeSpan.FromMilliseconds(statement.Long(3))));
            }

            return reminders;
        },
        cancellationToken);

    public Task WriteAsync(StoredReminder reminder, CancellationToken cancellationToken) => database.Write(
        session =>
        {
            session.Prepare("INSERT OR REPLACE INTO reminder (grain, name, first_tick, period) VALUES (?1, ?2, ?3, ?4)")
                .Bind(1, reminder.Grain.ToString()).Bind(2, reminder.Name)
                .Bind(3, reminder.FirstTick.ToUnixTimeMilliseconds()).Bind(4, (long)reminder.Period.TotalMilliseconds).Run();
            return true;
        },
        cancellationToken).AsTask();

    public Task RemoveAsync(GrainId grain, string name, CancellationToken cancellationToken) => database.Write(
        session =>
        {
            session.Prepare("DELETE FROM reminder WHERE grain = ?1 AND name = ?2").Bind(1, grain.ToString()).Bind(2, name).Run();
            return true;
        },
        cancellationToken).AsTask();
}
