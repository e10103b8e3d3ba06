using System.Collections.Immutable;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Storage.PostgreSql;
using Npgsql;

namespace Dwapi.Storage.Measurements;

/// <summary>Heads with their latest rows, and pages of measurements by sequence and by time; each is one statement and so one snapshot.</summary>
internal static class PostgreSqlMeasurementReads
{
    private const string Columns = "m.sequence, m.measured_at, m.received_at, m.stamped, m.battery, m.quantities";

    internal const string Latest = $"""
        SELECT {Columns}, h.attribute, h.sequence, h.latest_edge
        FROM head h JOIN measurement m ON m.head = h.id AND m.sequence = h.latest_sequence AND m.measured_at = h.latest_measured_at
        WHERE h.tenant = $1 AND h.service = $2
        ORDER BY h.attribute
        """;

    private const string Events = $"""
        SELECT {Columns}, h.sequence
        FROM head h LEFT JOIN LATERAL (
            SELECT * FROM measurement r WHERE r.head = h.id AND r.sequence > $4 ORDER BY r.sequence LIMIT $5) m ON true
        WHERE h.tenant = $1 AND h.service = $2 AND h.attribute = $3
        ORDER BY m.sequence
        """;

    public static Task<ImmutableArray<StoredHead>> Heads(
        PostgreSqlDatabase database, string tenant, string service, CancellationToken cancellationToken) =>
        database.Query(
            Latest,
            static reader => new StoredHead(reader.GetString(6), reader.GetInt64(7), Row(reader), reader.GetString(8)),
            cancellationToken,
            tenant,
            service);

    public static async Task<EventPage> After(
        PostgreSqlDatabase database, string tenant, string service, string attribute, long after, int limit, CancellationToken cancellationToken)
    {
        var rows = await database.Query(
            Events,
            static reader => (Head: reader.GetInt64(6), Measurement: reader.IsDBNull(0) ? null : Row(reader)),
            cancellationToken,
            tenant,
            service,
            attribute,
            after,
            limit);
        var events = ImmutableArray.CreateBuilder<Measurement>();
        var gap = false;
        foreach (var (_, measurement) in rows)
        {
            if (measurement is null || EventPages.EndsBefore(events, after, measurement.Sequence, ref gap))
            {
                break;
            }

            events.Add(measurement);
        }

        return EventPages.Of(events, gap, after, rows.IsEmpty ? 0 : rows[0].Head);
    }

    public static async Task<HistoryPage> History(
        PostgreSqlDatabase database, string tenant, string service, HistoryQuery query, CancellationToken cancellationToken)
    {
        var (from, to, at, sequence) = Range(query);
        var page = await database.Query(
            query.NewestFirst ? NewestFirst : OldestFirst, Row, cancellationToken, tenant, service, query.Attribute, from, to, at, sequence, query.Limit + 1L);
        if (page.Length <= query.Limit)
        {
            return new HistoryPage(page, "");
        }

        page = page.RemoveAt(query.Limit);
        return new HistoryPage(page, new HistoryCursor(page[^1].MeasuredAt, page[^1].Sequence).ToString());
    }

    private static string OldestFirst { get; } = ByTime("(r.measured_at, r.sequence) > ($6, $7)", "ASC");

    private static string NewestFirst { get; } = ByTime("(r.measured_at, r.sequence) < ($6, $7)", "DESC");

    private static string ByTime(string behindTheCursor, string order) => $"""
        SELECT {Columns}
        FROM head h CROSS JOIN LATERAL (
            SELECT * FROM measurement r
            WHERE r.head = h.id AND r.measured_at >= $4 AND r.measured_at < $5 AND {behindTheCursor}
            ORDER BY r.measured_at {order}, r.sequence {order} LIMIT $8) m
        WHERE h.tenant = $1 AND h.service = $2 AND h.attribute = $3
        ORDER BY m.measured_at {order}, m.sequence {order}
        """;

    // The cursor also narrows the bound on its side, which is what leaves out the months before the page. Without one there is nothing to be behind.
    private static (long From, long To, long At, long Sequence) Range(HistoryQuery query)
    {
        if (query.Cursor.Length == 0)
        {
            return query.NewestFirst ? (query.From, query.To, long.MaxValue, long.MaxValue) : (query.From, query.To, long.MinValue, 0);
        }

        var cursor = HistoryCursor.Parse(query.Cursor);
        return query.NewestFirst
            ? (query.From, Math.Min(query.To, cursor.MeasuredAt + 1), cursor.MeasuredAt, cursor.Sequence)
            : (Math.Max(query.From, cursor.MeasuredAt), query.To, cursor.MeasuredAt, cursor.Sequence);
    }

    private static Measurement Row(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetInt64(1),
        reader.GetInt64(2),
        reader.GetBoolean(3),
        reader.GetFieldValue<byte[]>(4),
        reader.GetFieldValue<byte[]>(5));
}
