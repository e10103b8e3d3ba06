namespace Dwapi.Storage.Sqlite;

/// <summary>
/// One request to the writer. <see cref="Execute"/> may run twice (the batch is repeated one by one when a neighbour fails), so it keeps
/// nothing of an earlier run.
/// </summary>
internal abstract class StoreWork
{
    /// <summary>About how many rows it writes; bounds a batch.</summary>
    public virtual int Weight => 1;

    /// <summary>Runs inside the transaction, on the writer's thread.</summary>
    public abstract void Execute(SqliteSession session);

    /// <summary>The transaction is durable.</summary>
    public abstract void Complete();

    /// <summary>Nothing of this request is durable.</summary>
    public abstract void Fail(Exception reason);

    /// <summary>True when the caller went away before the request was taken; it has its answer then.</summary>
    public abstract bool TryCancel();
}
