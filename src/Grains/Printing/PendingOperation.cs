namespace Dwapi.Grains.Printing;

/// <summary>What an edge has still to be told of a job. Numbers are stored.</summary>
internal enum PendingOperation
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>To run it.</summary>
    Order = 1,

    /// <summary>To stop it.</summary>
    Cancel = 2,

    /// <summary>To pause.</summary>
    Pause = 3,

    /// <summary>To go on.</summary>
    Resume = 4,
}
