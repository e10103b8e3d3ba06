using Dwapi.Storage.Migrations;
using Dwapi.Tests.PostgreSql;
using Npgsql;

namespace Dwapi.Storage.Tests.Migrations;

public sealed class PostgreSqlMigratorTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Migration First = new(1, "first", "CREATE TABLE a (x integer)");
    private static readonly Migration Second = new(2, "second", "CREATE TABLE b (x integer); INSERT INTO b (x) VALUES (1)");
    private static readonly Migration Broken = new(2, "broken", "CREATE TABLE b (x integer); INSERT INTO nowhere VALUES (1)");
    private NpgsqlDataSource _source = null!;

    public async ValueTask InitializeAsync() => _source = NpgsqlDataSource.Create(await PrivatePostgreSql.NewSchema());

    [Fact]
    public async Task Migrate_OlderDatabase_GetsOnlyWhatItLacks()
    {
        Assert.Equal(1, await Migrate(First));

        Assert.Equal(2, await Migrate(First, Second));
        Assert.Equal(2, await Migrate(First, Second));

        Assert.Equal(1L, await Scalar("SELECT COUNT(*) FROM b"));
        Assert.Equal(2L, await Scalar("SELECT COUNT(*) FROM migration"));
    }

    [Fact]
    public async Task Migrate_OneFails_LeavesTheDatabaseAsItWasBeforeIt()
    {
        await Assert.ThrowsAsync<PostgresException>(() => Migrate(First, Broken));

        Assert.Equal(1L, await Scalar("SELECT COUNT(*) FROM migration"));
        Assert.Equal(2, await Migrate(First, Second));
    }

    [Fact]
    public async Task Migrate_NewerDatabase_IsRefusedWithAdvice()
    {
        await Migrate(First, Second);

        var thrown = await Assert.ThrowsAsync<DatabaseException>(() => Migrate(First));

        Assert.Contains("has schema 2, this program knows 1", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(2, await Migrate(First, Second));
    }

    [Fact]
    public async Task Migrate_ManySilosAtOnce_MigrateOnce()
    {
        var migrations = MigrationSet.Of("PostgreSql").ToArray();

        var schemas = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Migrate(migrations)));

        Assert.All(schemas, s => Assert.Equal(migrations.Length, s));
        Assert.Equal((long)migrations.Length, await Scalar("SELECT COUNT(*) FROM migration"));
    }

    [Fact]
    public void Of_BothKinds_GiveTheSameNumbersTheSameNames() =>
        Assert.Equal(MigrationSet.Of("Sqlite").Select(m => (m.Number, m.Name)), MigrationSet.Of("PostgreSql").Select(m => (m.Number, m.Name)));

    [Fact]
    public async Task Migrate_NoSuchSchema_SaysWhatToChange()
    {
        await using var elsewhere = NpgsqlDataSource.Create((await PrivatePostgreSql.Shared()).ConnectionString + ";Search Path=nowhere");
        await using var connection = await elsewhere.OpenConnectionAsync(None);

        var thrown = await Assert.ThrowsAsync<DatabaseException>(
            () => PostgreSqlMigrator.Migrate(connection, "x", [First], TimeProvider.System, None));

        Assert.Contains("Search Path", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-01T00:00:00Z", "2026-11-30T23:59:59.999Z", "measurement_2026_11")]
    [InlineData("2026-12-01T00:00:00Z", "2026-12-31T23:59:59.999Z", "measurement_2026_12")]
    [InlineData("2024-02-01T00:00:00Z", "2024-02-29T23:59:59.999Z", "measurement_2024_02")]
    public async Task MakeMonth_TakesTheWholeMonthAndWhatWasElsewhere(string first, string last, string partition)
    {
        await Migrate([.. MigrationSet.Of("PostgreSql")]);
        long[] times = [Ms(first) - 1, Ms(first), Ms(last), Ms(last) + 1];
        await Insert(times, sequence: 1);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Scalar($"SELECT make_measurement_month({Ms(last)})")));
        await Insert(times, sequence: 2);

        foreach (var (time, month) in times.Zip(["measurement_other", partition, partition, "measurement_other"]))
        {
            Assert.Equal(month, await Scalar($"SELECT string_agg(DISTINCT tableoid::regclass::text, ',') FROM measurement WHERE measured_at = {time}"));
        }

        Assert.Equal(8L, await Scalar("SELECT COUNT(*) FROM measurement"));
    }

    [Fact]
    public async Task Usage_MeasurementsThatWereDeleted_AreCountedOnTheirHead_ThoseThatMovedAreNot()
    {
        await Migrate([.. MigrationSet.Of("PostgreSql")]);
        var head = await Scalar("INSERT INTO head (tenant, service, attribute, sequence) VALUES ('t', 's', 'a', 3) RETURNING id");
        await Scalar($"INSERT INTO measurement SELECT {head}, n, n, n, true, '', '' FROM generate_series(1, 3) n");
        await Scalar("SELECT make_measurement_month(1)");
        Assert.Equal(0L, await Scalar("SELECT removed FROM head"));

        await Scalar("DELETE FROM measurement WHERE sequence < 3");

        Assert.Equal(2L, await Scalar("SELECT removed FROM head"));
    }

    [Fact]
    public async Task Continuous_RowsFromBefore_AndOfASiloOfTheReleaseBefore_AreSingleOnes()
    {
        Migration[] migrations = [.. MigrationSet.Of("PostgreSql")];
        await Migrate([.. migrations.TakeWhile(m => m.Name != "continuous")]);
        await Scalar("SELECT make_measurement_month(1)");
        await Insert([1, Ms("2026-11-25T00:00:00Z")], sequence: 1);

        await Migrate(migrations);
        await Scalar($"SELECT make_measurement_month({Ms("2026-11-25T00:00:00Z")})");
        await Insert([2, Ms("2026-11-25T00:00:00Z")], sequence: 2);

        Assert.Equal(4L, await Scalar("SELECT COUNT(*) FROM measurement WHERE NOT continuous"));

        // The months of before and of after have the index.
        Assert.Equal(3L, await Scalar(
            "SELECT COUNT(*) FROM pg_inherits i JOIN pg_index x ON x.indexrelid = i.inhrelid WHERE i.inhparent = 'measurement_continuous'::regclass AND x.indisvalid"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_source is not null)
        {
            await _source.DisposeAsync();
        }
    }

    private static long Ms(string time) => DateTimeOffset.Parse(time, null).ToUnixTimeMilliseconds();

    private async Task Insert(IEnumerable<long> times, int sequence)
    {
        foreach (var time in times)
        {
            await Scalar($"INSERT INTO measurement VALUES ({time}, {sequence}, {time}, {time}, true, '', '')");
        }
    }

    private async Task<int> Migrate(params Migration[] migrations)
    {
        await using var connection = await _source.OpenConnectionAsync(None);
        return await PostgreSqlMigrator.Migrate(connection, "dwapi", migrations, TimeProvider.System, None);
    }

    private async Task<object?> Scalar(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(None);
    }
}
