namespace Dwapi.Grains.Printing;

/// <summary>Kinds of <see cref="PrinterArrangement"/>.</summary>
[GenerateSerializer, Alias("Dwapi.PrinterArrangementKind")]
public enum PrinterArrangementKind
{
    /// <summary>The bed is free.</summary>
    BedCleared = 0,

    /// <summary>The printer clears its bed itself, or does not.</summary>
    ClearsItself = 1,

    /// <summary>A job waits for a person, or may go.</summary>
    Hold = 2,

    /// <summary>A job's place among the waiting ones.</summary>
    Move = 3,

    /// <summary>A job's priority.</summary>
    Prioritize = 4,
}
