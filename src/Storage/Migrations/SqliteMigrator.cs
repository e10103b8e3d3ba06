using Dwapi.Storage.Sqlite;

namespace Dwapi.Storage.Migrations;

/// <summary>Brings a SQLite file to the newest schema, each migration in a transaction of its own.</summary>
internal static class SqliteMigrator
{
    /// <returns>The number of the schema that the file has now.</returns>
    /// <exception cref="DataDirectoryException">The file was made by a newer program.</exception>
    public static int Migrate(SqliteSession session, string path, IReadOnlyList<Migration> migrations, TimeProvider time)
    {
        session.Execute("CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL)");
        var present = Present(session);
        if (present > migrations.Count)
        {
            throw new DataDirectoryException(
                $"{path} has schema {present}, this program knows {migrations.Count}: start the newer program, or another directory with --Dwapi:DataDirectory.");
        }

        foreach (var migration in migrations.Skip(present))
        {
            session.Execute("BEGIN IMMEDIATE");
            session.Execute(migration.Sql);
            session.Prepare("INSERT INTO migration (number, name, applied_at) VALUES (?1, ?2, ?3)")
                .Bind(1, migration.Number).Bind(2, migration.Name).Bind(3, time.GetUtcNow().ToUnixTimeMilliseconds()).Run();
            session.Execute("COMMIT");
        }

        return migrations.Count;
    }

    private static int Present(SqliteSession session)
    {
        var statement = session.Prepare("SELECT COALESCE(MAX(number), 0) FROM migration");
        statement.Step();
        var number = (int)statement.Long(0);
        statement.Reset();
        return number;
    }
}
