namespace Dwapi.Edge.Gcode;

/// <summary>What G-code must stay within.</summary>
internal sealed record GcodeLimits
{
    /// <summary>Width of what the printer reaches, millimetres; 0 if it is not known, and then nothing is checked in this direction.</summary>
    public double SizeX { get; init; }

    /// <summary>Depth, millimetres.</summary>
    public double SizeY { get; init; }

    /// <summary>Height, millimetres.</summary>
    public double SizeZ { get; init; }

    /// <summary>True for a round bed with the origin in its middle; else the origin is a corner.</summary>
    public bool Circular { get; init; }

    /// <summary>Hottest nozzle, degrees Celsius.</summary>
    public required double HottestNozzle { get; init; }

    /// <summary>Hottest bed and chamber, degrees Celsius.</summary>
    public required double HottestBed { get; init; }
}
