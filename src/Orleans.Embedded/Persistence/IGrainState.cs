namespace Orleans;

/// <summary>What goes between a grain and its storage.</summary>
/// <typeparam name="T">The type of the state.</typeparam>
public interface IGrainState<T>
{
    /// <summary>The state.</summary>
    T? State { get; set; }

    /// <summary>The version in the storage.</summary>
    string? ETag { get; set; }

    /// <summary>Whether the storage holds the state.</summary>
    bool RecordExists { get; set; }
}
