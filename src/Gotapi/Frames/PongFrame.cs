namespace Dwapi.Gotapi.Frames;

/// <summary>Answer to PING.</summary>
/// <param name="Position">Highest sequence of this epoch up to which the server holds everything.</param>
public sealed record PongFrame(long Position) : LinkFrame;
