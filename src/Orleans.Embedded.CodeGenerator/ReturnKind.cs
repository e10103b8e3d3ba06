namespace Orleans.Embedded.CodeGenerator;

/// <summary>What a grain method returns.</summary>
internal enum ReturnKind
{
    /// <summary>Something that cannot cross a call.</summary>
    Other,

    /// <summary>Nothing: the caller does not wait.</summary>
    Void,

    /// <summary>Task.</summary>
    Task,

    /// <summary>Task of a result.</summary>
    TaskOfT,

    /// <summary>ValueTask.</summary>
    ValueTask,

    /// <summary>ValueTask of a result.</summary>
    ValueTaskOfT,
}
