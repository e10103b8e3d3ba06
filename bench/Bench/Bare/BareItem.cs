namespace Dwapi.Bench.Bare;

/// <summary>An item of a frame: where it lies in the frame's bytes.</summary>
internal readonly record struct BareItem(long Sequence, int Start, int Length);
