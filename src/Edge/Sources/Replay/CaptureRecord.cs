namespace Dwapi.Edge.Sources.Replay;

/// <summary>A line as it is written.</summary>
internal sealed record CaptureRecord
{
    /// <summary>ISO 8601 with offset.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>BD address with colons, or any service id.</summary>
    public string? Address { get; init; }

    /// <summary>Advertised name.</summary>
    public string? Name { get; init; }

    /// <summary>16-bit number, UUID or name.</summary>
    public string? Characteristic { get; init; }

    /// <summary>The payload; spaces, colons and dashes are allowed between bytes.</summary>
    public string? Hex { get; init; }
}
