using System.Buffers;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;
using Microsoft.Data.Sqlite;

namespace Dwapi.Edge.Outbox;

/// <summary>Reads items of the outbox file. Not safe for several threads: <see cref="SendQueue"/> holds its lock around it.</summary>
internal sealed class OutboxRows : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _next;
    private readonly SqliteParameter _device;
    private readonly SqliteParameter _after;
    private readonly SqliteParameter _last;
    private readonly SqliteParameter _limit;

    public OutboxRows(SqliteConnection connection)
    {
        _connection = connection;
        _next = connection.CreateCommand();
        _next.CommandText =
            """
            SELECT sequence, received, item FROM item
            WHERE device = @device AND sequence > @after AND sequence <= @last ORDER BY sequence LIMIT @limit
            """;
        _device = _next.Parameters.Add("@device", SqliteType.Integer);
        _after = _next.Parameters.Add("@after", SqliteType.Integer);
        _last = _next.Parameters.Add("@last", SqliteType.Integer);
        _limit = _next.Parameters.Add("@limit", SqliteType.Integer);
    }

    /// <summary>The devices that have items up to a number, each with its last one, in the order of their oldest item.</summary>
    public IEnumerable<(int Device, string ServiceId, long Last)> Waiting(long last)
    {
        using var command = _connection.CreateCommand();
        command.CommandText =
            """
            SELECT device.id, device.service, max(item.sequence) FROM item JOIN device ON device.id = item.device
            WHERE item.sequence <= @last GROUP BY device.id ORDER BY min(item.sequence)
            """;
        command.Parameters.AddWithValue("@last", last);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return (reader.GetInt32(0), reader.GetString(1), reader.GetInt64(2));
    }

    /// <summary>The announcements of the devices that have items.</summary>
    public IEnumerable<ServiceAnnouncement> Announcements()
    {
        using var command = _connection.CreateCommand();
        command.CommandText =
            """
            SELECT announcement FROM device
            WHERE announcement IS NOT NULL AND EXISTS (SELECT 1 FROM item WHERE item.device = device.id)
            """;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (LinkFrameReader.TryRead(reader.GetFieldValue<byte[]>(0), out var frame, out _) && frame is ServicesFrame { Services: [var service] })
                yield return service;
        }
    }

    /// <summary>Adds the next items of a device to its lane, up to the last one the lane knows of.</summary>
    public void Fill(SendLane lane, int limit)
    {
        _device.Value = lane.Device;
        _after.Value = lane.Cursor;
        _last.Value = lane.Last;
        _limit.Value = limit;
        using var reader = _next.ExecuteReader();
        while (reader.Read())
        {
            var (received, item) = (reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
            var entry = new OutboxEntry(lane.ServiceId, received, item.Length > 0 ? item : Dropped(lane.ServiceId, received));
            lane.Buffer.Enqueue(new OutboxItem(reader.GetInt64(0), entry));
        }
    }

    public void Dispose()
    {
        _next.Dispose();
        _connection.Dispose();
    }

    // The value is gone, and with it which attribute it was; the number has to be sent: see OutboxThinning.
    private static ReadOnlyMemory<byte> Dropped(string serviceId, long received)
    {
        var item = new ArrayBufferWriter<byte>();
        EventItemWriter.Write(
            item, serviceId, HealthAttributes.Profile, HealthAttributes.Heart.Name, received, false, null, default(BatteryLevel).Utf8.Span, "{}"u8);
        return item.WrittenMemory;
    }
}
