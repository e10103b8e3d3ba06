using System.Collections.Immutable;

namespace Dwapi.Grains.Edges;

/// <summary>A GotAPI-4 request; fields that a step does not use are "".</summary>
/// <param name="Method">GET, PUT, POST or DELETE.</param>
/// <param name="ServiceId">The service.</param>
/// <param name="Profile">networkServiceDiscovery, authorization, or the called profile.</param>
/// <param name="Interface">Interface of a three-level profile.</param>
/// <param name="Attribute">getNetworkServices, createClient, requestAccessToken, or the called attribute.</param>
/// <param name="Origin">The application's origin; createClient sends it as package.</param>
/// <param name="ClientId">The plug-in's clientId.</param>
/// <param name="AccessToken">The plug-in's accessToken.</param>
/// <param name="Scope">requestAccessToken: comma-separated profiles.</param>
/// <param name="ApplicationName">requestAccessToken: the application's name.</param>
/// <param name="Parameters">All other parameters of the application's request.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.PluginCall")]
public sealed record PluginCall(
    [property: Id(0)] string Method,
    [property: Id(1)] string ServiceId,
    [property: Id(2)] string Profile,
    [property: Id(3)] string Interface,
    [property: Id(4)] string Attribute,
    [property: Id(5)] string Origin,
    [property: Id(6)] string ClientId,
    [property: Id(7)] string AccessToken,
    [property: Id(8)] string Scope,
    [property: Id(9)] string ApplicationName,
    [property: Id(10)] ImmutableArray<PluginParameter> Parameters);
