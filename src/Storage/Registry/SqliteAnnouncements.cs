using Dwapi.Storage.Sqlite;

namespace Dwapi.Storage.Registry;

/// <summary>Table <c>announcement</c>.</summary>
internal static class SqliteAnnouncements
{
    public static Announcements Read(SqliteSession session, string tenant, string service)
    {
        var statement = session.Prepare("SELECT edge, announced, online, registration, device FROM announcement WHERE tenant = ?1 AND service = ?2")
            .Bind(1, tenant).Bind(2, service);
        if (!statement.Step())
        {
            return new Announcements([]);
        }

        var first = Row(statement, 0);
        if (!statement.Step())
        {
            return new Announcements([first]);
        }

        var all = new List<Announcement> { first };
        do
        {
            all.Add(Row(statement, 0));
        }
        while (statement.Step());
        return new Announcements(all);
    }

    /// <summary>Services that an edge announces.</summary>
    public static List<string> Services(SqliteSession session, string tenant, string edge)
    {
        var services = new List<string>();
        var statement = session.Prepare("SELECT service FROM announcement WHERE tenant = ?1 AND edge = ?2").Bind(1, tenant).Bind(2, edge);
        while (statement.Step())
        {
            services.Add(statement.Text(0));
        }

        return services;
    }

    /// <summary>Brings the rows of one service from one state to another.</summary>
    public static void Write(SqliteSession session, string tenant, string service, Announcements before, Announcements now)
    {
        foreach (var gone in now.Gone(before))
        {
            session.Prepare("DELETE FROM announcement WHERE tenant = ?1 AND service = ?2 AND edge = ?3")
                .Bind(1, tenant).Bind(2, service).Bind(3, gone.Edge).Run();
        }

        foreach (var (announcement, owner) in now.Changed(before))
        {
            session.Prepare("""
                INSERT OR REPLACE INTO announcement (tenant, service, edge, owner, announced, online, registration, device)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, CAST(?7 AS TEXT), ?8)
                """).Bind(1, tenant).Bind(2, service).Bind(3, announcement.Edge).Bind(4, owner)
                .Bind(5, announcement.Order).Bind(6, announcement.Online).Bind(7, announcement.Registration).Bind(8, announcement.Device).Run();
        }
    }

    public static Announcement Row(SqliteStatement statement, int column) => new(
        statement.Text(column), statement.Long(column + 1), statement.Bool(column + 2), statement.Blob(column + 3), statement.Blob(column + 4));
}
