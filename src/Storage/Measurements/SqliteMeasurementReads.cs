using System.Collections.Immutable;
using Dwapi.Grains.Devices;
using Dwapi.Storage.Sqlite;

namespace Dwapi.Storage.Measurements;

/// <summary>Pages of measurements, by sequence and by time.</summary>
internal static class SqliteMeasurementReads
{
    private const string Columns = "sequence, measured_at, received_at, stamped, battery, quantities";

    public static Measurement Row(SqliteStatement statement, int column) => new(
        statement.Long(column),
        statement.Long(column + 1),
        statement.Long(column + 2),
        statement.Bool(column + 3),
        statement.Blob(column + 4),
        statement.Blob(column + 5));

    public static EventPage After(SqliteSession session, string tenant, string service, string attribute, long after, int limit)
    {
        var (head, sequence) = SqliteHeads.Peek(session, tenant, service, attribute);
        var events = ImmutableArray.CreateBuilder<Measurement>();
        var gap = false;
        var statement = session.Prepare($"SELECT {Columns} FROM measurement WHERE head = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3")
            .Bind(1, head).Bind(2, after).Bind(3, limit);
        while (statement.Step())
        {
            var measurement = Row(statement, 0);
            if (EventPages.EndsBefore(events, after, measurement.Sequence, ref gap))
            {
                statement.Reset();
                break;
            }

            events.Add(measurement);
        }

        return EventPages.Of(events, gap, after, sequence);
    }

    public static HistoryPage History(SqliteSession session, string tenant, string service, HistoryQuery query)
    {
        var (head, _) = SqliteHeads.Peek(session, tenant, service, query.Attribute);
        var statement = query.Cursor.Length == 0 ? First(session, query) : Next(session, query, HistoryCursor.Parse(query.Cursor));
        statement.Bind(1, head).Bind(2, query.From).Bind(3, query.To).Bind(4, query.Limit + 1L);
        var page = ImmutableArray.CreateBuilder<Measurement>();
        var more = false;
        while (statement.Step())
        {
            if (page.Count == query.Limit)
            {
                more = true;
                statement.Reset();
                break;
            }

            page.Add(Row(statement, 0));
        }

        var next = more ? new HistoryCursor(page[^1].MeasuredAt, page[^1].Sequence).ToString() : "";
        return new HistoryPage(page.DrainToImmutable(), next);
    }

    private static SqliteStatement First(SqliteSession session, HistoryQuery query) => session.Prepare(query.NewestFirst
        ? $"SELECT {Columns} FROM measurement WHERE head = ?1 AND measured_at >= ?2 AND measured_at < ?3 ORDER BY measured_at DESC, sequence DESC LIMIT ?4"
        : $"SELECT {Columns} FROM measurement WHERE head = ?1 AND measured_at >= ?2 AND measured_at < ?3 ORDER BY measured_at, sequence LIMIT ?4");

    // The cursor takes the place of the bound on its side, so that the index is entered at the page and not at the first row.
    private static SqliteStatement Next(SqliteSession session, HistoryQuery query, HistoryCursor cursor) => session.Prepare(query.NewestFirst
        ? $"SELECT {Columns} FROM measurement WHERE head = ?1 AND measured_at >= ?2 AND (measured_at, sequence) < (?5, ?6) ORDER BY measured_at DESC, sequence DESC LIMIT ?4"
        : $"SELECT {Columns} FROM measurement WHERE head = ?1 AND (measured_at, sequence) > (?5, ?6) AND measured_at < ?3 ORDER BY measured_at, sequence LIMIT ?4")
        .Bind(5, cursor.MeasuredAt).Bind(6, cursor.Sequence);
}
