namespace Dwapi.WebApi.Management.Edges;

/// <summary>Asks for an edge, or for a new key of an existing one.</summary>
/// <param name="Name">Display name.</param>
/// <param name="EdgeId">1 to 64 of <c>A-Z a-z 0-9 _ -</c>; absent: made from the name.</param>
public sealed record NewEdge(string Name, string? EdgeId = null);
