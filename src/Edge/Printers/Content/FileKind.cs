namespace Dwapi.Edge.Printers.Content;

/// <summary>What a file is by its content.</summary>
internal enum FileKind
{
    /// <summary>None of the others.</summary>
    Unknown = 0,

    /// <summary>Text that is no model: whether it is G-code shows when it is read.</summary>
    Gcode,

    /// <summary>STL, as text or binary.</summary>
    Stl,

    /// <summary>A 3MF package.</summary>
    ThreeMf,

    /// <summary>Wavefront OBJ.</summary>
    Obj,

    /// <summary>Binary G-code: nobody could look into it before it moves a printer.</summary>
    BinaryGcode,
}
