namespace Dwapi.Edge.Link;

/// <summary>Where the link to the server stands.</summary>
public enum LinkState
{
    /// <summary>Not started, or stopped.</summary>
    Stopped = 0,

    /// <summary>The first try.</summary>
    Connecting,

    /// <summary>The server welcomed this edge; measurements flow.</summary>
    Up,

    /// <summary>The server is not reached, or the connection was lost; it is tried again with growing waits.</summary>
    Down,

    /// <summary>The server was reached and refused this edge, for example its key. It is tried again all the same.</summary>
    Refused,
}
