using System.Collections.Immutable;

namespace Dwapi.Gotapi.Frames;

/// <summary>A request of the server to a plug-in (sections 5.2.2, 5.3.2 and 5.3.8 of the health texts), answered by RESPONSE.</summary>
public sealed record RequestFrame : LinkFrame
{
    /// <summary>Profile of the discovery step.</summary>
    public const string DiscoveryProfile = "networkServiceDiscovery";

    /// <summary>Attribute of the discovery step.</summary>
    public const string DiscoveryAttribute = "getNetworkServices";

    /// <summary>Profile of the two approval steps.</summary>
    public const string AuthorizationProfile = "authorization";

    /// <summary>Attribute of the client step.</summary>
    public const string CreateClientAttribute = "createClient";

    /// <summary>Attribute of the token step.</summary>
    public const string RequestAccessTokenAttribute = "requestAccessToken";

    /// <summary>What to do.</summary>
    public required RequestMethod Method { get; init; }

    /// <summary>Above 0, unique among the open requests of a link.</summary>
    public required int RequestCode { get; init; }

    /// <summary>The address of the server, as in WELCOME.</summary>
    public required string Receiver { get; init; }

    /// <summary>The service; null for discovery.</summary>
    public string? ServiceId { get; init; }

    /// <summary>The profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The interface, if the profile has any.</summary>
    public string? Interface { get; init; }

    /// <summary>The attribute.</summary>
    public required string Attribute { get; init; }

    /// <summary>The application's id at the plug-in, from createClient.</summary>
    public string? ClientId { get; init; }

    /// <summary>The application's token at the plug-in, from requestAccessToken.</summary>
    public string? AccessToken { get; init; }

    /// <summary>Origin of the application.</summary>
    public string? Origin { get; init; }

    /// <summary>createClient: the application's origin.</summary>
    public string? Package { get; init; }

    /// <summary>requestAccessToken: the name to show.</summary>
    public string? ApplicationName { get; init; }

    /// <summary>requestAccessToken: comma list of the profiles.</summary>
    public string? Scope { get; init; }

    /// <summary>The application's other parameters.</summary>
    public ImmutableDictionary<string, string> Parameters { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The discovery request.</summary>
    public static RequestFrame Discover(int requestCode, string receiver) => new()
    {
        Method = RequestMethod.Get,
        RequestCode = requestCode,
        Receiver = receiver,
        Profile = DiscoveryProfile,
        Attribute = DiscoveryAttribute,
    };

    /// <summary>The first approval step.</summary>
    public static RequestFrame CreateClient(int requestCode, string receiver, string origin, string serviceId) => new()
    {
        Method = RequestMethod.Get,
        RequestCode = requestCode,
        Receiver = receiver,
        ServiceId = serviceId,
        Profile = AuthorizationProfile,
        Attribute = CreateClientAttribute,
        Package = origin,
    };

    /// <summary>The second approval step.</summary>
    public static RequestFrame RequestAccessToken(int requestCode, string receiver, string clientId, string applicationName, string scope) => new()
    {
        Method = RequestMethod.Get,
        RequestCode = requestCode,
        Receiver = receiver,
        Profile = AuthorizationProfile,
        Attribute = RequestAccessTokenAttribute,
        ClientId = clientId,
        ApplicationName = applicationName,
        Scope = scope,
    };

    /// <summary>The record without tokens and parameters: what a log may show.</summary>
    public override string ToString() => $"{Method} {RequestCode} {ServiceId} {Profile}/{Attribute}";
}
