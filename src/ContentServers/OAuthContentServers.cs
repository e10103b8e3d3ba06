using Dwapi.Grains.Ports;
using Dwapi.Grains.Printing;
using Dwapi.Grains.Settings;

namespace Dwapi.ContentServers;

/// <summary>
/// Content servers with OAuth 2.0: our own login by client credentials (RFC 6749) gives the token for listing, token exchange (RFC 8693) the
/// one of a download, bound to content (<c>resource</c>) and printer (<c>actor_token</c>); revocation is RFC 7009.
/// </summary>
internal sealed class OAuthContentServers(OAuthClient client) : IContentServerAdapter
{
    private const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";

    public string Kind => "oauth";

    public async Task<ContentToken> Login(ContentServerOptions server, string printer, CancellationToken cancellationToken) =>
        (await client.Ask(server, [new("grant_type", "client_credentials"), new("scope", "model:list")], cancellationToken)).ToContentToken();

    public async Task<ContentDownload> Issue(ContentServerOptions server, ContentRequest request, CancellationToken cancellationToken)
    {
        var subject = request.SecureToken.Length > 0 ? request.SecureToken : (await Login(server, request.Printer, cancellationToken)).Value;
        var token = await client.Ask(
            server,
            [
                new("grant_type", Exchange),
                new("subject_token", subject),
                new("subject_token_type", AccessToken),
                new("requested_token_type", AccessToken),
                new("actor_token", request.Printer),
                new("actor_token_type", "urn:dwapi:printer"),
                new("resource", request.Uri),
                new("audience", server.Url),
                new("scope", "model:read"),
            ],
            cancellationToken);
        return new ContentDownload(new Uri(request.Uri), token.Access, TokenInUrl: false);
    }

    public async Task Revoke(ContentServerOptions server, string token, CancellationToken cancellationToken)
    {
        using var answer = await client.Send(server, new Uri(OAuthClient.TokenAddress(server), "revoke"), [new("token", token)], bearer: "", cancellationToken);
    }
}
