namespace Dwapi.Gotapi.Frames;

/// <summary>First frame of an edge, within 5 s of the upgrade.</summary>
public sealed record HelloFrame : LinkFrame
{
    /// <summary>Name under which the edge was enrolled.</summary>
    public required string EdgeId { get; init; }

    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>Names one life of the edge's outbox; sequences count inside it.</summary>
    public required string Epoch { get; init; }

    /// <summary>Last sequence that the edge knows to be acknowledged, 0 for none; the server forgets everything up to it.</summary>
    public long Acknowledged { get; init; }

    /// <summary>Display name of the edge.</summary>
    public string Name { get; init; } = "";

    /// <summary>Product of the edge.</summary>
    public string Product { get; init; } = "";

    /// <summary>Version of the edge.</summary>
    public string Version { get; init; } = "";

    /// <summary>How it approves applications.</summary>
    public PlugInApproval Approval { get; init; }

    /// <summary>The record without its key: what a log may show.</summary>
    public override string ToString() => $"HELLO {EdgeId} {Epoch} {Acknowledged}";
}
