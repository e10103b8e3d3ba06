namespace Dwapi.Grains.Edges;

/// <summary>A plug-in's RESPONSE, or the server's error in its place.</summary>
/// <param name="ErrorCode">0, the plug-in's error code, or 7, 21, 22.</param>
/// <param name="ErrorMessage">"" or text for the application.</param>
/// <param name="ClientId">createClient: the plug-in's clientId.</param>
/// <param name="AccessToken">requestAccessToken: the plug-in's accessToken.</param>
/// <param name="Body">Members of the answer beside the envelope, UTF-8 JSON without the outer braces.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.PluginAnswer")]
public sealed record PluginAnswer(
    [property: Id(0)] int ErrorCode,
    [property: Id(1)] string ErrorMessage,
    [property: Id(2)] string ClientId,
    [property: Id(3)] string AccessToken,
    [property: Id(4)] ReadOnlyMemory<byte> Body);
