namespace Dwapi.Edge.Gcode;

/// <summary>What can be wrong with a file of G-code.</summary>
internal enum GcodeFault
{
    /// <summary>It is none: binary, without end of line, or without a move.</summary>
    NotGcode = 0,

    /// <summary>It moves to where the printer does not reach.</summary>
    Beyond,

    /// <summary>It wants a temperature above the limit.</summary>
    TooHot,

    /// <summary>Firmwares read it differently, so that nobody can say what it does.</summary>
    Ambiguous,
}
