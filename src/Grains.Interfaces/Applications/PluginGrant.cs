namespace Dwapi.Grains.Applications;

/// <summary>What a foreign plug-in issued for one client and service; never shown to the application, never logged.</summary>
/// <param name="ClientId">The plug-in's clientId.</param>
/// <param name="AccessToken">The plug-in's accessToken.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.PluginGrant")]
public sealed record PluginGrant([property: Id(0)] string ClientId, [property: Id(1)] string AccessToken);
