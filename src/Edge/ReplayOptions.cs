namespace Dwapi.Edge;

/// <summary>A capture file to play.</summary>
public sealed class ReplayOptions
{
    /// <summary>The file; null for none.</summary>
    public string? File { get; set; }

    /// <summary>True: as fast as possible, dated as captured. False: with its own pauses, dated now.</summary>
    public bool Fast { get; set; }
}
