using System.ComponentModel.DataAnnotations;

namespace Dwapi.Edge;

/// <summary>The slicer of an edge: what makes G-code of models. Without one only G-code is printed.</summary>
public sealed class SlicerOptions
{
    /// <summary>False: models are refused even if there is a slicer.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>File of prusa-slicer, or its name in PATH; <c>prusa-slicer</c> in PATH by default.</summary>
    public string? Program { get; set; }

    /// <summary>Folder of profiles: <c>PRINTERID/NAME.ini</c> of one printer, <c>NAME.ini</c> of all; <c>default.ini</c> is what an order without a profile gets.</summary>
    public string? Profiles { get; set; }

    /// <summary>Longest run; 10 to 86,400 s.</summary>
    [Range(10, 86_400)]
    public int Seconds { get; set; } = 900;

    /// <summary>Most address space of the slicer; 100 to 1,000,000 MB. Some 250 of them are its program itself.</summary>
    [Range(100, 1_000_000)]
    public int MemoryMegabytes { get; set; } = 2000;

    /// <summary>Largest G-code that it may write; 1 to 100,000 MB.</summary>
    [Range(1, 100_000)]
    public int OutputMegabytes { get; set; } = 1000;

    /// <summary>Largest model, for 3MF unpacked; 1 to 100,000 MB.</summary>
    [Range(1, 100_000)]
    public int ModelMegabytes { get; set; } = 200;
}
