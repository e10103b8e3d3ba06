namespace Dwapi.Storage.PostgreSql;

/// <summary>The line broke after the commit was sent and before its answer: it is durable, or it is not.</summary>
internal sealed class CommitInDoubtException(Exception cause) : Exception(cause.Message, cause);
