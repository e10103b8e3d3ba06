namespace Dwapi.Edge.Commands;

/// <summary>Result of the verb pair.</summary>
/// <param name="Address">The device.</param>
/// <param name="Paired">True.</param>
internal sealed record PairResult(string Address, bool Paired);
