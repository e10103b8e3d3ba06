using Dwapi.Grains.Devices;

namespace Dwapi.WebApi.PluginLink.Ingest;

/// <summary>An item on its way to its device.</summary>
/// <param name="Item">The item.</param>
/// <param name="Frame">The frame that its slices point into.</param>
internal readonly record struct LaneItem(ReportItem Item, FrameHold Frame);
