namespace Dwapi.Edge.Printers;

/// <summary>What became of a job on its printer.</summary>
internal enum RemoteJobState
{
    Printing = 0,
    Paused,
    Completed,
    Cancelled,

    /// <summary>Ended by an error of the firmware.</summary>
    Failed,

    /// <summary>Cut off: the printer forgot it.</summary>
    Interrupted,

    /// <summary>The printer has it and has not begun: it fetches, prepares, or something goes before it.</summary>
    Waiting,

    /// <summary>The printer has it, but not its content.</summary>
    Empty,
}
