using Microsoft.Data.Sqlite;

namespace Dwapi.Edge.Outbox;

/// <summary>Looks into an outbox, also while an edge has it open.</summary>
internal static class OutboxInspector
{
    /// <summary>What the file holds.</summary>
    /// <exception cref="OutboxException">There is no such file, or it is not an outbox.</exception>
    public static OutboxStatus Read(string path)
    {
        if (!File.Exists(path))
            throw new OutboxException($"There is no outbox {path}. Give its path with --outbox, or start the edge once.");
        using var connection = OutboxSchema.OpenReader(path);
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT epoch, acknowledged, refused, count(sequence), count(DISTINCT device), min(received), coalesce(max(sequence), acknowledged)
            FROM (SELECT epoch, acknowledged, outbox.refused AS refused, sequence, device, received FROM outbox LEFT JOIN item)
            """;
        using var reader = command.ExecuteReader();
        reader.Read();
        return new OutboxStatus(
            Epoch: reader.GetString(0),
            Acknowledged: reader.GetInt64(1),
            Last: reader.GetInt64(6),
            Waiting: reader.GetInt64(3),
            Devices: reader.GetInt32(4),
            Oldest: Oldest(reader),
            Refused: reader.GetInt64(2),
            Bytes: Size(path) + Size(path + "-wal"));
    }

    private static long? Oldest(SqliteDataReader reader) => reader.IsDBNull(5) ? null : reader.GetInt64(5);

    private static long Size(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}
