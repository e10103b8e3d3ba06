namespace Dwapi.Edge.Outbox;

/// <summary>A measurement on its way into the outbox.</summary>
/// <param name="ServiceId">The service (device) it belongs to.</param>
/// <param name="ReceivedAt">When the edge received it, Unix milliseconds.</param>
/// <param name="Item">The item of an EVENTS frame without its sequence, one JSON object, written once (DECISIONS 10).</param>
internal sealed record OutboxEntry(string ServiceId, long ReceivedAt, ReadOnlyMemory<byte> Item);
