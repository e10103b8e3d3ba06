using Dwapi.Grains.Devices;

namespace Dwapi.Grains.Ports;

/// <summary>What became of one item.</summary>
/// <param name="Outcome">Committed, Duplicate or Repeat.</param>
/// <param name="Sequence">The assigned sequence of a committed item, else 0.</param>
/// <param name="IsLatest">True when it took the place of the latest.</param>
public readonly record struct AppendedItem(ReportOutcome Outcome, long Sequence, bool IsLatest);
