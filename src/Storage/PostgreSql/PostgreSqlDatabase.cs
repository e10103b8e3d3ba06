using Dwapi.Grains.Ports;
using Dwapi.Storage.Commits;
using Dwapi.Storage.Hosting;
using Dwapi.Storage.Migrations;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dwapi.Storage.PostgreSql;

/// <summary>A database that several silos may share: its schema, its connections and whether it takes writes. What is kept in it is said by others.</summary>
internal sealed class PostgreSqlDatabase : IStoreDatabase, IDisposable
{
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(3);
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private volatile string? _fault;

    /// <summary>Connects to nothing yet.</summary>
    public PostgreSqlDatabase(string connectionString, TimeProvider time, ICommitProbe probe, ILoggerFactory loggers)
    {
        _time = time;
        _logger = loggers.CreateLogger("Dwapi.Storage");
        Probe = probe;
        Source = PostgreSqlSource.Create(connectionString, loggers);
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        Name = $"{settings.Database ?? settings.Username} on {settings.Host}";
        Months = new PostgreSqlMonths(this, time, _logger);
        Writer = new PostgreSqlWriter(this, Months, _logger);
    }

    /// <summary>The pool of connections.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>How an operator knows it; no password.</summary>
    public string Name { get; }

    /// <summary>Partitions of measurements.</summary>
    public PostgreSqlMonths Months { get; }

    /// <summary>Appends of measurements.</summary>
    public PostgreSqlWriter Writer { get; }

    /// <summary>Told at every point of a commit of measurements.</summary>
    public ICommitProbe Probe { get; }

    /// <summary>Made with the schema; known after <see cref="Open"/>.</summary>
    public string Epoch { get; private set; } = "";

    /// <summary>Why the last request failed; null while all is well.</summary>
    public string? Fault => _fault;

    /// <summary>Brings the database to the newest schema.</summary>
    /// <exception cref="DatabaseException">It cannot be used; one line that says why and what to do.</exception>
    public async Task Open(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await Source.OpenConnectionAsync(cancellationToken);
            var schema = await PostgreSqlMigrator.Migrate(connection, Name, MigrationSet.Of("PostgreSql"), _time, cancellationToken);
            await using var command = new NpgsqlCommand("SELECT value FROM store WHERE name = 'epoch'", connection);
            Epoch = (string)(await command.ExecuteScalarAsync(cancellationToken))!;
            await Months.MakeAhead();
            Log.StoreOpened(_logger, Name, Epoch, schema);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            throw new DatabaseException(PostgreSqlFault.Explain(Name, fault).Message, fault);
        }
    }

    /// <summary>Runs one request on a connection of the pool. What it commits itself is durable when this returns.</summary>
    /// <exception cref="MeasurementStoreException">The database could not be used.</exception>
    public Task<T> Run<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> body, CancellationToken cancellationToken) =>
        Run(body, mayRepeat: false, cancellationToken);

    /// <summary>The same of something that only reads: a connection of the pool that died unnoticed costs it no answer.</summary>
    /// <exception cref="MeasurementStoreException">The database could not be used.</exception>
    public Task<T> Read<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> body, CancellationToken cancellationToken) =>
        Run(body, mayRepeat: true, cancellationToken);

    /// <summary>Notes that the database answered.</summary>
    public void Works()
    {
        if (_fault is not null)
        {
            _fault = null;
            Log.StoreRecovered(_logger, Name);
        }
    }

    /// <summary>Notes a fault, said once and not for every request, and gives the exception for the callers.</summary>
    public MeasurementStoreException Failed(Exception fault, bool inDoubt = false)
    {
        var reason = PostgreSqlFault.Explain(Name, fault, inDoubt);
        if (PostgreSqlFault.IsOfTheDatabase(fault))
        {
            // Its other connections are most likely dead too.
            Source.Clear();
            var first = _fault is null;
            _fault = reason.Message;
            if (first)
            {
                Log.StoreFailed(_logger, reason.Message);
            }
        }

        return reason;
    }

    /// <inheritdoc />
    public async Task<string?> FindFault(CancellationToken cancellationToken)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soon.CancelAfter(ProbePatience);
        try
        {
            // While all is well a question is enough, whose answer only a server gives that takes writes. After a fault it is a write that tries,
            // for an unready node gets no traffic that would; of the size of a batch, as a small one often still finds a place on a full disk.
            var sql = _fault is null ? "SELECT WHERE pg_is_in_recovery()" : $"""
                INSERT INTO store (name, value) VALUES ('probe {Guid.NewGuid():N}', (SELECT string_agg(gen_random_uuid()::text, '') FROM generate_series(1, 8192)));
                DELETE FROM store WHERE name LIKE 'probe %'
                """;
            return (await Read((connection, token) => connection.Query(sql, static _ => 0, token), soon.Token)).IsEmpty
                ? null
                : $"The database {Name} is a standby and takes no writes.";
        }
        catch (MeasurementStoreException fault)
        {
            return fault.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"The database {Name} does not answer.";
        }
    }

    private async Task<T> Run<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> body, bool mayRepeat, CancellationToken cancellationToken)
    {
        for (; ; mayRepeat = false)
        {
            try
            {
                await using var connection = await Source.OpenConnectionAsync(cancellationToken);
                var result = await body(connection, cancellationToken);
                Works();
                return result;
            }
            catch (Exception fault) when (mayRepeat && PostgreSqlFault.IsOfTheDatabase(fault))
            {
                Source.Clear();
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
            {
                throw Failed(fault);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Source.DisposeAsync();
    }

    // For containers that are not disposed of asynchronously; the lanes end by themselves.
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
