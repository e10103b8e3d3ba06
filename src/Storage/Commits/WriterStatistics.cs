namespace Dwapi.Storage.Commits;

/// <summary>What the writer did since it was started.</summary>
/// <param name="Requests">Requests that became durable.</param>
/// <param name="Transactions">Commits that made them so.</param>
/// <param name="Failures">Batches that the store could not write.</param>
internal readonly record struct WriterStatistics(long Requests, long Transactions, long Failures);
