using Dwapi.Storage.Measurements;
using Dwapi.Storage.Migrations;
using Dwapi.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dwapi.Storage.Tests.Migrations;

public sealed class SqliteMigratorTests : IDisposable
{
    private static readonly Migration First = new(1, "first", "CREATE TABLE a (x INTEGER)");
    private static readonly Migration Second = new(2, "second", "CREATE TABLE b (x INTEGER); INSERT INTO b (x) VALUES (1)");
    private static readonly Migration Broken = new(2, "broken", "CREATE TABLE b (x INTEGER); INSERT INTO nowhere VALUES (1)");
    private readonly TemporaryDirectory _directory = new();

    static SqliteMigratorTests() => SQLitePCL.Batteries_V2.Init();

    private string File => Path.Combine(_directory.Path, "x.db");

    [Fact]
    public void Migrate_OlderFile_GetsOnlyWhatItLacks()
    {
        Assert.Equal(1, Migrate(First));

        Assert.Equal(2, Migrate(First, Second));
        Assert.Equal(2, Migrate(First, Second));

        Assert.Equal(1, Count("b"));
        Assert.Equal(2, Count("migration"));
    }

    [Fact]
    public void Migrate_OneFails_LeavesTheFileAsItWasBeforeIt()
    {
        Assert.Throws<SqliteException>(() => Migrate(First, Broken));

        Assert.Equal(1, Count("migration"));
        Assert.Equal(2, Migrate(First, Second));
    }

    [Fact]
    public void Of_Sqlite_IsNumberedWithoutHolesAndFitsAnEmptyFile()
    {
        var migrations = MigrationSet.Of("Sqlite");

        Assert.Equal(Enumerable.Range(1, migrations.Count), migrations.Select(m => m.Number));
        Assert.Equal("measurements", migrations[0].Name);
        Assert.Equal(migrations.Count, Migrate([.. migrations]));
    }

    [Fact]
    public void Continuous_RowsFromBefore_AreSingleOnes()
    {
        Migration[] migrations = [.. MigrationSet.Of("Sqlite")];
        Migrate([.. migrations.TakeWhile(m => m.Name != "continuous")]);
        Run("INSERT INTO head VALUES (1, 't', 's', 'pulseOximeter', 3, 3, 'e', 0); "
            + "INSERT INTO measurement VALUES (1, 1, 1, 1, 0, '', ''), (1, 2, 2, 2, 0, '', ''), (1, 3, 3, 3, 0, '', '')");

        Migrate(migrations);

        Assert.Equal((0, 2), (Retain(continuous: true), Retain(continuous: false)));
        Assert.Equal(1, Count("measurement"));

        int Retain(bool continuous)
        {
            using var session = SqliteSession.OpenWriter(File);
            return SqliteRetention.Remove(session, head: 1, continuous, before: 9, limit: 100);
        }
    }

    public void Dispose() => _directory.Dispose();

    private int Migrate(params Migration[] migrations)
    {
        using var session = SqliteSession.OpenWriter(File);
        return SqliteMigrator.Migrate(session, File, migrations, TimeProvider.System);
    }

    private void Run(string sql)
    {
        using var session = SqliteSession.OpenWriter(File);
        session.Execute(sql);
    }

    private long Count(string table)
    {
        using var session = SqliteSession.OpenWriter(File);
        var statement = session.Prepare($"SELECT COUNT(*) FROM {table}");
        Assert.True(statement.Step());
        return statement.Long(0);
    }
}
