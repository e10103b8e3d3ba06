namespace Orleans.Core;

/// <summary>One state of a grain in a storage.</summary>
public interface IStorage
{
    /// <summary>The version that the storage knows; null before the first write.</summary>
    string? Etag { get; }

    /// <summary>Whether the storage holds the state.</summary>
    bool RecordExists { get; }

    /// <summary>Removes the state from the storage.</summary>
    Task ClearStateAsync();

    /// <summary>Writes the state.</summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">The storage holds another version.</exception>
    Task WriteStateAsync();

    /// <summary>Reads the state.</summary>
    Task ReadStateAsync();

    /// <inheritdoc cref="ClearStateAsync()" />
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <inheritdoc cref="WriteStateAsync()" />
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <inheritdoc cref="ReadStateAsync()" />
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}
