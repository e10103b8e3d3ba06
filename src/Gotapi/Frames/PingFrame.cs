namespace Dwapi.Gotapi.Frames;

/// <summary>Sign of life of an edge.</summary>
/// <param name="Acknowledged">Last sequence that the edge knows to be acknowledged; the server forgets everything up to it.</param>
/// <param name="Lost">Measurements that the edge could not keep since it started, because its disk refused: the server cannot see them in any other way.</param>
/// <param name="Dropped">Continuous values that gave way in a full outbox since the edge started.</param>
public sealed record PingFrame(long Acknowledged, long Lost = 0, long Dropped = 0) : LinkFrame;
