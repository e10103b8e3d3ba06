using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>The storage holds another version than the grain. If a grain lets it out of a call, its activation ends.</summary>
[GenerateSerializer]
public class InconsistentStateException : OrleansException
{
    /// <summary>Without a word.</summary>
    public InconsistentStateException()
    {
    }

    /// <summary>In words.</summary>
    public InconsistentStateException(string message)
        : base(message)
    {
    }

    /// <summary>In words, and what is behind it.</summary>
    public InconsistentStateException(string message, Exception? innerException)
        : base(message, innerException!)
    {
    }

    /// <summary>With both versions and what is behind it.</summary>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
        : base(errorMsg, storageException!)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>With both versions.</summary>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : this(errorMsg, storedEtag, currentEtag, null)
    {
    }

    /// <summary>With both versions and the storage's own error.</summary>
    public InconsistentStateException(string? storedEtag, string? currentEtag, Exception storageException)
        : this(storageException.Message, storedEtag, currentEtag, storageException)
    {
    }

    /// <summary>The version in the storage.</summary>
    [Id(1)]
    public string? StoredEtag { get; private set; }

    /// <summary>The version that the grain held.</summary>
    [Id(2)]
    public string? CurrentEtag { get; private set; }

    // A caller that lets it out again must not lose its own activation.
    internal bool IsSourceActivation { get; set; } = true;

    /// <inheritdoc />
    public override string ToString() =>
        $"InconsistentStateException: {Message} Expected Etag={StoredEtag} Received Etag={CurrentEtag} {InnerException}";
}
