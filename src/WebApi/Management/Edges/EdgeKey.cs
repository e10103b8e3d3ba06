namespace Dwapi.WebApi.Management.Edges;

/// <summary>An edge's key; shown once, only its hash is kept.</summary>
/// <param name="EdgeId">The edge.</param>
/// <param name="Key"><c>tenant.edgeId.secret</c>, for the edge's configuration.</param>
public sealed record EdgeKey(string EdgeId, string Key);
