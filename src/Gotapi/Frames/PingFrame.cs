namespace Dwapi.Gotapi.Frames;

/// <summary>Sign of life of an edge.</summary>
/// <param name="Acknowledged">Last sequence that the edge knows to be acknowledged; the server forgets everything up to it.</param>
public sealed record PingFrame(long Acknowledged) : LinkFrame;
