using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dwapi.Gotapi.Printing;

/// <summary>What a printer is: the object <c>printAttribute</c>.</summary>
public sealed record PrinterAttributes : IJsonOnDeserialized
{
    /// <summary>Technology: one of <see cref="PrintTypes"/>.</summary>
    public string PrintType { get; init; } = PrintTypes.Unknown;

    /// <summary>Width of what it can print, millimetres.</summary>
    public double PrintSizeX { get; init; }

    /// <summary>Depth, millimetres.</summary>
    public double PrintSizeY { get; init; }

    /// <summary>Height, millimetres.</summary>
    public double PrintSizeZ { get; init; }

    /// <summary>Network: WiFi, Ethernet, USB, Bluetooth or "".</summary>
    public string Network { get; init; } = "";

    /// <summary>Memory in megabytes; null when the back end cannot know.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? Memory { get; init; }

    /// <summary>Diameter of the nozzle, millimetres.</summary>
    public double? NozzleDiameter { get; init; }

    /// <summary>Whether the bed can be heated.</summary>
    public bool? HeatedBed { get; init; }

    /// <summary>rectangular or circular.</summary>
    public string? FormFactor { get; init; }

    /// <summary>Media types of what it can be given, such as <c>text/x.gcode</c>, <c>model/stl</c>.</summary>
    public ImmutableArray<string> FileTypes { get; init; } = [];

    void IJsonOnDeserialized.OnDeserialized() => PrintingJson.CheckElements(FileTypes);
}
