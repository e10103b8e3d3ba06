namespace Dwapi.Storage.Sqlite;

/// <summary>A rare request, given as a function.</summary>
internal sealed class StoreAction<T>(Func<SqliteSession, T> body, CancellationToken cancellationToken) : StoreWork<T>(cancellationToken)
{
    protected override T Run(SqliteSession session) => body(session);
}
