using Dwapi.Edge.Outbox;
using Dwapi.Edge.Printers;
using Dwapi.Edge.Services;

namespace Dwapi.Edge.Link;

/// <summary>The parts of the edge that the link serves.</summary>
internal sealed record LinkParts(DurableOutbox Outbox, ServiceCatalog Catalog, LiveEvents Live, PrinterFleet? Printers = null);
