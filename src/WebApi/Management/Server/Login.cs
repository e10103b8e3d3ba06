namespace Dwapi.WebApi.Management.Server;

/// <summary>The console's login.</summary>
/// <param name="Token">The admin token.</param>
public sealed record Login(string Token);
