namespace Dwapi.Gotapi.Quantities;

/// <summary>Why a FLOAT or SFLOAT carries no number. None of these ever becomes a number, a zero or null (DECISIONS 18).</summary>
public enum NoValue : byte
{
    /// <summary>There is a number.</summary>
    None = 0,

    /// <summary>NaN: the measurement has no valid result.</summary>
    NotANumber,

    /// <summary>NRes: the result cannot be stated at this resolution.</summary>
    NotAtThisResolution,

    /// <summary>+INF: over the range of the device.</summary>
    PositiveInfinity,

    /// <summary>-INF: under the range of the device.</summary>
    NegativeInfinity,

    /// <summary>The reserved mantissa.</summary>
    Reserved,
}
