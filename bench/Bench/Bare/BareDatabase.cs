using System.Threading.Channels;
using SQLitePCL;

namespace Dwapi.Bench.Bare;

/// <summary>SQLite at its barest: one table, one prepared statement, WAL, synchronous=FULL, one writer that commits what has gathered.</summary>
internal sealed class BareDatabase : IDisposable
{
    private readonly Channel<(byte[] Message, BareItem[] Items, TaskCompletionSource Done)> _queue =
        Channel.CreateUnbounded<(byte[], BareItem[], TaskCompletionSource)>(new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _insert;

    public BareDatabase(string path)
    {
        Batteries_V2.Init();
        Check(raw.sqlite3_open(path, out _database));
        Execute("PRAGMA journal_mode=WAL");
        Execute("PRAGMA synchronous=FULL");
        Execute("CREATE TABLE item (sequence INTEGER PRIMARY KEY, bytes BLOB NOT NULL)");
        Check(raw.sqlite3_prepare_v2(_database, "INSERT OR REPLACE INTO item VALUES (?1, ?2)", out _insert));
        new Thread(Loop) { IsBackground = true, Name = "bare writer" }.Start();
    }

    /// <summary>Completes when the items are durable.</summary>
    public Task Commit(byte[] message, BareItem[] items)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Writer.TryWrite((message, items, done));
        return done.Task;
    }

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _insert.Dispose();
        _database.Dispose();
    }

    private void Loop()
    {
        var done = new List<TaskCompletionSource>();
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Execute("BEGIN IMMEDIATE");
            while (_queue.Reader.TryRead(out var work))
            {
                foreach (var item in work.Items)
                {
                    Check(raw.sqlite3_bind_int64(_insert, 1, item.Sequence));
                    Check(raw.sqlite3_bind_blob(_insert, 2, work.Message.AsSpan(item.Start, item.Length)));
                    _ = raw.sqlite3_step(_insert);
                    Check(raw.sqlite3_reset(_insert));
                }

                done.Add(work.Done);
            }

            Execute("COMMIT");
            done.ForEach(d => d.SetResult());
            done.Clear();
        }
    }

    private void Execute(string sql) => Check(raw.sqlite3_exec(_database, sql));

    private static void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new InvalidOperationException("SQLite: " + raw.sqlite3_errstr(code).utf8_to_string());
        }
    }
}
