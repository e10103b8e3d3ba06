namespace Dwapi.Edge.Outbox;

/// <summary>An entry that is durable and has its number.</summary>
/// <param name="Sequence">Number within the epoch, from 1, without holes.</param>
/// <param name="Entry">What was appended.</param>
internal sealed record OutboxItem(long Sequence, OutboxEntry Entry);
