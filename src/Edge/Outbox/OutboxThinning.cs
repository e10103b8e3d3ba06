using System.Text;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;
using Microsoft.Data.Sqlite;

namespace Dwapi.Edge.Outbox;

/// <summary>
/// What gives way when the outbox outgrows its limit: the oldest continuous values, those of heart rate and those that their item marks
/// (oximetry), never a single measurement. What an older edge wrote of oximetry has no mark and counts as single. A value that was dropped
/// keeps its number, since the server counts without holes, and goes out as an item without quantities: so the server is told of each, and
/// refuses it.
/// </summary>
internal sealed class OutboxThinning : IDisposable
{
    private const int AtATime = 512;
    private const int ChecksPerLimit = 64;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _take;
    private readonly SqliteCommand _mark;
    private readonly long _maxBytes;
    private long _appended;
    private long _from;

    public OutboxThinning(SqliteConnection connection, long maxBytes)
    {
        _connection = connection;
        _maxBytes = maxBytes;
        _appended = maxBytes;
        _take = connection.CreateCommand();

        // Taken out and put back: a row that is merely made smaller leaves its page as it was.
        _take.CommandText =
            $"""
            DELETE FROM item WHERE sequence IN (
              SELECT sequence FROM item WHERE sequence > @from AND length(item) > 0
                AND (instr(item, @heart) > 0 OR instr(item, @continuous) > 0)
              ORDER BY sequence LIMIT {AtATime})
            RETURNING sequence, device, received
            """;
        _take.Parameters.AddWithValue("@from", 0L);
        _take.Parameters.AddWithValue("@heart", Encoding.UTF8.GetBytes($"\"attribute\":\"{HealthAttributes.Heart.Name}\""));
        _take.Parameters.AddWithValue("@continuous", EventItemWriter.ContinuousMark.ToArray());
        _mark = connection.CreateCommand();

        // Refused already, so that the server's refusal is no news.
        _mark.CommandText = "INSERT INTO item VALUES (@sequence, @device, @received, x'', 'dropped')";
        foreach (var name in new[] { "@sequence", "@device", "@received" })
            _mark.Parameters.AddWithValue(name, 0L);
    }

    /// <summary>Notes what a commit adds.</summary>
    public void Add(int bytes) => _appended += bytes;

    /// <summary>Makes room, if it is time to look and there is too much.</summary>
    /// <returns>How many values were dropped.</returns>
    public int Run(SqliteTransaction transaction)
    {
        if (_appended < _maxBytes / ChecksPerLimit)
            return 0;
        _appended = 0;
        var dropped = 0;
        while (Used() > _maxBytes)
        {
            var now = Drop(transaction);
            dropped += now;
            if (now < AtATime)
                break;
        }

        return dropped;
    }

    public void Dispose()
    {
        _take.Dispose();
        _mark.Dispose();
    }

    private int Drop(SqliteTransaction transaction)
    {
        (_take.Transaction, _mark.Transaction) = (transaction, transaction);
        _take.Parameters[0].Value = _from;
        List<(long Sequence, long Device, long Received)> taken = [];
        using (var reader = _take.ExecuteReader())
        {
            while (reader.Read())
                taken.Add((reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)));
        }

        foreach (var (sequence, device, received) in taken)
        {
            (_mark.Parameters[0].Value, _mark.Parameters[1].Value, _mark.Parameters[2].Value) = (sequence, device, received);
            _mark.ExecuteNonQuery();
            _from = Math.Max(_from, sequence);
        }

        return taken.Count;
    }

    private long Used() => (OutboxSchema.Number(_connection, "PRAGMA page_count") - OutboxSchema.Number(_connection, "PRAGMA freelist_count"))
        * OutboxSchema.Number(_connection, "PRAGMA page_size");
}
