namespace Orleans;

/// <summary>The kinds of <see cref="DeactivationReason"/>. The embedded runtime uses only some of them.</summary>
[GenerateSerializer]
public enum DeactivationReasonCode : byte
{
    /// <summary>No reason given.</summary>
    None,

    /// <summary>The process ends.</summary>
    ShuttingDown,

    /// <summary>OnActivateAsync or the constructor threw.</summary>
    ActivationFailed,

    /// <summary>Clusters only.</summary>
    DirectoryFailure,

    /// <summary>Not called for longer than its collection age.</summary>
    ActivationIdle,

    /// <summary>Clusters only.</summary>
    ActivationUnresponsive,

    /// <summary>Clusters only.</summary>
    DuplicateActivation,

    /// <summary>Clusters only.</summary>
    IncompatibleRequest,

    /// <summary>The grain let an exception out after which its state cannot be trusted.</summary>
    ApplicationError,

    /// <summary>The grain asked for it.</summary>
    ApplicationRequested,

    /// <summary>Clusters only.</summary>
    Migrating,

    /// <summary>The runtime asked for it.</summary>
    RuntimeRequested,

    /// <summary>Clusters only.</summary>
    HighMemoryPressure,
}
