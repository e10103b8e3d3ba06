namespace Dwapi.Gotapi.Frames;

/// <summary>Answer to HELLO: the edge may begin.</summary>
public sealed record WelcomeFrame : LinkFrame
{
    /// <summary>Product of the server.</summary>
    public required string Product { get; init; }

    /// <summary>Version of the server.</summary>
    public required string Version { get; init; }

    /// <summary>The address of the server that requests carry as <c>receiver</c>.</summary>
    public required string Receiver { get; init; }

    /// <summary>How many items the edge may send until the next ACK adds to it.</summary>
    public int Credit { get; init; }

    /// <summary>Highest sequence of this epoch up to which the server holds everything.</summary>
    public long Position { get; init; }

    /// <summary>Seconds between two PINGs of the edge.</summary>
    public int PingInterval { get; init; }
}
