namespace Dwapi.Storage.Commits;

/// <summary>Places on the way of a commit at which a crash leaves the store in a different state.</summary>
internal enum CommitPoint
{
    /// <summary>Requests were taken from the queue; nothing is in the file.</summary>
    Taken,

    /// <summary>The rows of the batch were made, not yet the commit.</summary>
    Written,

    /// <summary>The batch is durable and nobody knows it yet.</summary>
    Committed,

    /// <summary>The requests have their answers.</summary>
    Answered,

    /// <summary>Pages of the log were moved into the file (SQLite only).</summary>
    Checkpointed,
}
