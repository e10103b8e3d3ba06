using System.Collections.Immutable;

namespace Dwapi.Grains.Ports;

/// <summary>What the commit made of an <see cref="AppendRequest"/>.</summary>
/// <param name="Items">One per item, in order.</param>
/// <param name="Conflict">True when an expected head was not the store's: the grain must deactivate (DECISIONS 13).</param>
public sealed record AppendResult(ImmutableArray<AppendedItem> Items, bool Conflict);
