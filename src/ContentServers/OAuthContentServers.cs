using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Printing;
using Dwapi.Grains.Settings;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Dwapi.ContentServers;

/// <summary>
/// Content servers with OAuth 2.0: our own login by client credentials (RFC 6749) gives the token for listing, token exchange (RFC 8693) the
/// one of a download, bound to content (<c>resource</c>) and printer (<c>actor_token</c>); revocation is RFC 7009.
/// </summary>
internal sealed class OAuthContentServers : IContentServerAdapter, IDisposable
{
    private const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";
    private const int LongestAnswer = 64 * 1024;

    private readonly HttpClient _http;
    private readonly HostPolicies _policies;
    private readonly TimeProvider _time;

    public OAuthContentServers(TimeProvider time)
        : this(time, new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
    }

    internal OAuthContentServers(TimeProvider time, HttpMessageHandler handler)
    {
        _time = time;
        _policies = new HostPolicies(time);

        // A redirect would carry our secret to another host.
        _http = new HttpClient(handler) { MaxResponseContentBufferSize = LongestAnswer };
    }

    public string Kind => "oauth";

    public Task<ContentToken> Login(ContentServerOptions server, string printer, CancellationToken cancellationToken) => Ask(
        server, [new("grant_type", "client_credentials"), new("scope", "model:list")], cancellationToken);

    public async Task<ContentToken> Issue(ContentServerOptions server, ContentRequest request, CancellationToken cancellationToken)
    {
        var subject = request.SecureToken.Length > 0 ? request.SecureToken : (await Login(server, request.Printer, cancellationToken)).Value;
        return await Ask(
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
    }

    public async Task Revoke(ContentServerOptions server, string token, CancellationToken cancellationToken)
    {
        using var answer = await Send(server, new Uri(TokenAddress(server), "revoke"), [new("token", token)], cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<ContentToken> Ask(ContentServerOptions server, KeyValuePair<string, string>[] form, CancellationToken cancellationToken)
    {
        using var answer = await Send(server, TokenAddress(server), form, cancellationToken);
        try
        {
            using var document = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            var token = document.RootElement.GetProperty("access_token").GetString();
            DateTimeOffset? expires = document.RootElement.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt32(out var life)
                ? _time.GetUtcNow().AddSeconds(life)
                : null;
            return token is { Length: > 0 } ? new ContentToken(token, expires) : throw new ContentServerException("its answer has no token.", refused: false);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ContentServerException("its answer is no token of RFC 6749.", refused: false);
        }
    }

    private async Task<HttpResponseMessage> Send(
        ContentServerOptions server, Uri address, KeyValuePair<string, string>[] form, CancellationToken cancellationToken)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
            throw new ContentServerException("its address is not https.", refused: true);
        HttpResponseMessage answer;
        try
        {
            // A token that was made twice costs nothing; a revocation may be repeated by its definition.
            answer = await _policies.Of(address).ExecuteAsync(
                async cancelled =>
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
                    if (server.ClientId.Length > 0)
                    {
                        var pair = $"{Uri.EscapeDataString(server.ClientId)}:{Uri.EscapeDataString(server.ClientSecret)}";
                        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
                    }

                    return await _http.SendAsync(request, cancelled);
                },
                cancellationToken);
        }
        catch (Exception fault) when (fault is HttpRequestException or TimeoutRejectedException or BrokenCircuitException)
        {
            throw new ContentServerException("it cannot be reached.", refused: false);
        }

        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
        {
            var refused = answer.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests;
            throw new ContentServerException($"it answers {(int)answer.StatusCode}.", refused);
        }
    }

    private static Uri TokenAddress(ContentServerOptions server) =>
        server.TokenUrl.Length > 0 ? new Uri(server.TokenUrl) : new Uri(new Uri(server.Url.TrimEnd('/') + "/"), "oauth/token");
}
