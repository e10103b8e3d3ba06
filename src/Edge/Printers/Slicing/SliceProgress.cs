namespace Dwapi.Edge.Printers.Slicing;

/// <summary>How far the slicer is.</summary>
/// <param name="Part">0 to 1; it never goes back, although the slicer's own numbers do.</param>
/// <param name="Text">What it is doing, in its words.</param>
internal sealed record SliceProgress(double Part, string Text);
