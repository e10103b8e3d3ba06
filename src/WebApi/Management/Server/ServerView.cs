namespace Dwapi.WebApi.Management.Server;

/// <summary>This server.</summary>
/// <param name="Product">Its name in answers.</param>
/// <param name="Version">Its version.</param>
/// <param name="Environment">Name of the environment, such as Development.</param>
/// <param name="Tenant">The tenant that the caller manages.</param>
/// <param name="Keyword">By which a person recognises this server.</param>
/// <param name="Time">Its clock.</param>
public sealed record ServerView(string Product, string Version, string Environment, string Tenant, string Keyword, DateTimeOffset Time);
