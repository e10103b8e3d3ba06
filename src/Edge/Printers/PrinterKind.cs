namespace Dwapi.Edge.Printers;

/// <summary>Back ends of printers.</summary>
public enum PrinterKind
{
    /// <summary>Moonraker with Klipper; the virtual printer too.</summary>
    Moonraker = 0,

    /// <summary>OctoPrint.</summary>
    OctoPrint = 1,

    /// <summary>IPP 3D (PWG 5100.21).</summary>
    Ipp = 2,

    /// <summary>PrusaLink, in a printer or beside it.</summary>
    PrusaLink = 3,
}
