using Microsoft.Data.Sqlite;

namespace Dwapi.Edge.Outbox;

/// <summary>The statements of the one writer: a batch of appends and words of the server becomes one transaction.</summary>
internal sealed class OutboxWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, int> _devices = [];
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _insertDevice;
    private readonly SqliteCommand _describe;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _refuse;
    private readonly SqliteCommand _position;
    private readonly Action<OutboxStep>? _step;
    private readonly OutboxThinning _thinning;

    public OutboxWriter(SqliteConnection connection, OutboxOptions options)
    {
        _connection = connection;
        _step = options.Step;
        _thinning = new OutboxThinning(connection, options.MaxBytes);
        _insert = Command("INSERT INTO item VALUES (@sequence, @device, @received, @item, NULL)", "@sequence", "@device", "@received", "@item");
        _insertDevice = Command("INSERT INTO device (service) VALUES (@service) RETURNING id", "@service");
        _describe = Command("UPDATE device SET announcement = @announcement WHERE id = @id", "@announcement", "@id");
        _delete = Command("DELETE FROM item WHERE sequence <= @sequence", "@sequence");
        _refuse = Command("UPDATE item SET refused = @reason WHERE sequence = @sequence AND refused IS NULL", "@sequence", "@reason");
        _position = Command("UPDATE outbox SET acknowledged = @sequence, refused = @refused", "@sequence", "@refused");
        Commands = [_insert, _insertDevice, _describe, _delete, _refuse, _position];
        using var command = Command("SELECT epoch, acknowledged, refused FROM outbox");
        using (var reader = command.ExecuteReader())
        {
            reader.Read();
            Epoch = reader.GetString(0);
            Acknowledged = reader.GetInt64(1);
            Refused = reader.GetInt64(2);
        }

        Last = Math.Max(Acknowledged, OutboxSchema.Number(connection, "SELECT coalesce(max(sequence), 0) FROM item"));
        LoadDevices();
    }

    public string Epoch { get; }

    public long Acknowledged { get; private set; }

    public long Last { get; private set; }

    public long Refused { get; private set; }

    /// <summary>Values that were dropped for others, since the start.</summary>
    public long Dropped { get; private set; }

    private SqliteCommand[] Commands { get; }

    /// <summary>Commits the batch.</summary>
    /// <param name="batch">What to do.</param>
    /// <param name="appended">Gets the new items with their devices.</param>
    /// <param name="refused">Gets the refusals that were news.</param>
    public void Commit(List<OutboxWork> batch, List<(int Device, OutboxItem Item)> appended, List<OutboxRefusal> refused)
    {
        var (last, acknowledged) = (Last, Acknowledged);
        List<string> newDevices = [];
        var dropped = 0;
        try
        {
            using var transaction = _connection.BeginTransaction();
            foreach (var command in Commands)
                command.Transaction = transaction;
            _step?.Invoke(OutboxStep.Begun);
            foreach (var work in batch)
            {
                if (work.Append is { } entry)
                {
                    var device = DeviceOf(entry.ServiceId, newDevices);
                    appended.Add((device, Insert(++last, device, entry)));
                }

                if (work.Describe is { } description)
                    Run(_describe, description.Announcement, DeviceOf(description.ServiceId, newDevices));
                acknowledged = Math.Max(acknowledged, Math.Min(work.Acknowledged, last));
                foreach (var refusal in work.Refused)
                {
                    // The row stays until the acknowledged position passes it: the server may forget that it refused it, and
                    // without the row the numbers would have a hole that no acknowledgement ever crosses.
                    if (Run(_refuse, refusal.Sequence, refusal.Reason) > 0)
                        refused.Add(refusal);
                }
            }

            if (acknowledged > Acknowledged)
                Run(_delete, acknowledged);
            dropped = _thinning.Run(transaction);
            if (acknowledged > Acknowledged || refused.Count > 0)
                Run(_position, acknowledged, Refused + refused.Count);
            _step?.Invoke(OutboxStep.Written);
            transaction.Commit();
        }
        catch
        {
            newDevices.ForEach(device => _devices.Remove(device));
            throw;
        }

        (Last, Acknowledged, Refused, Dropped) = (last, acknowledged, Refused + refused.Count, Dropped + dropped);
        _step?.Invoke(OutboxStep.Committed);
    }

    public void Dispose()
    {
        foreach (var command in Commands)
            command.Dispose();
        _thinning.Dispose();
        _connection.Dispose();
    }

    private static int Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command.ExecuteNonQuery();
    }

    private OutboxItem Insert(long sequence, int device, OutboxEntry entry)
    {
        Run(_insert, sequence, device, entry.ReceivedAt, entry.Item.ToArray());
        _thinning.Add(entry.Item.Length);
        return new OutboxItem(sequence, entry);
    }

    private int DeviceOf(string serviceId, List<string> newDevices)
    {
        if (_devices.TryGetValue(serviceId, out var device))
            return device;
        _insertDevice.Parameters[0].Value = serviceId;
        device = (int)(long)_insertDevice.ExecuteScalar()!;
        _devices.Add(serviceId, device);
        newDevices.Add(serviceId);
        return device;
    }

    private void LoadDevices()
    {
        using var command = Command("SELECT id, service FROM device");
        using var reader = command.ExecuteReader();
        while (reader.Read())
            _devices.Add(reader.GetString(1), reader.GetInt32(0));
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
            command.Parameters.AddWithValue(parameter, DBNull.Value);
        return command;
    }
}
