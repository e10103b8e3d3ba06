namespace Dwapi.Edge.Printers;

/// <summary>Why a printer did not do what it was asked.</summary>
internal enum PrinterFault
{
    /// <summary>No answer: whether it did it is not known.</summary>
    Unreachable = 0,

    /// <summary>Our key or login is refused.</summary>
    Unauthorized,

    /// <summary>Another job is in hand, or the file is in use.</summary>
    Busy,

    /// <summary>What it stored is not what was sent.</summary>
    Damaged,

    /// <summary>It does not take such a file, or has no room.</summary>
    NotTaken,

    /// <summary>It says no, in its own words.</summary>
    Refused,

    /// <summary>Its answer is not what its back end answers.</summary>
    Malformed,
}
