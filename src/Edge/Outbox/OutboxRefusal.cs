namespace Dwapi.Edge.Outbox;

/// <summary>The server's word that an item will never be stored.</summary>
/// <param name="Sequence">The item.</param>
/// <param name="Reason">Why, in the server's words; holds no measured value.</param>
internal sealed record OutboxRefusal(long Sequence, string Reason);
