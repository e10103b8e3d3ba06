namespace Dwapi.Edge.Commands;

/// <summary>Result of the verb pair.</summary>
/// <param name="Address">The device; its identity address if it had a private one.</param>
/// <param name="Paired">True.</param>
internal sealed record PairResult(string Address, bool Paired);
