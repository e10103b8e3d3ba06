namespace Dwapi.Edge.Outbox;

/// <summary>The points of a group commit at which a test may end the process.</summary>
internal enum OutboxStep
{
    /// <summary>The transaction is open and holds nothing.</summary>
    Begun,

    /// <summary>All appends and deletes are written, nothing is committed.</summary>
    Written,

    /// <summary>The commit returned; nobody knows yet.</summary>
    Committed,

    /// <summary>Readers and callers know.</summary>
    Told,
}
