namespace Dwapi.Edge.Link;

/// <summary>The link at one moment.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Since">Since when.</param>
/// <param name="Reason">Why, when it is not up; null otherwise. Holds no key.</param>
public sealed record LinkStatus(LinkState State, DateTimeOffset Since, string? Reason);
