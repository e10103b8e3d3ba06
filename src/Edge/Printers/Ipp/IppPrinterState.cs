namespace Dwapi.Edge.Printers.Ipp;

/// <summary>printer-state (RFC 8011 5.4.11).</summary>
internal enum IppPrinterState
{
    Idle = 3,
    Processing = 4,
    Stopped = 5,
}
