using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers;

/// <summary>What a printer is.</summary>
/// <param name="Device">The device block.</param>
/// <param name="Attributes">The block printAttribute.</param>
internal sealed record PrinterDescription(DeviceObject Device, PrinterAttributes Attributes);
