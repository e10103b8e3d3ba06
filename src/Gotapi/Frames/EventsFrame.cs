namespace Dwapi.Gotapi.Frames;

/// <summary>Durable items of an outbox; read them with <see cref="EventItemReader"/>.</summary>
/// <param name="Items">The JSON array of the items, a part of the frame's bytes.</param>
public sealed record EventsFrame(ReadOnlyMemory<byte> Items) : LinkFrame;
