using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Settings;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Dwapi.ContentServers;

/// <summary>Forms that are sent to content servers, https only, with our own login, and the tokens that come back (RFC 6749).</summary>
internal sealed class OAuthClient : IDisposable
{
    private const int LongestAnswer = 64 * 1024;

    private readonly HttpClient _http;
    private readonly HostPolicies _policies;
    private readonly TimeProvider _time;

    public OAuthClient(TimeProvider time)
        : this(time, new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
    }

    internal OAuthClient(TimeProvider time, HttpMessageHandler handler)
    {
        _time = time;
        _policies = new HostPolicies(time);

        // A redirect would carry our secret to another host.
        _http = new HttpClient(handler) { MaxResponseContentBufferSize = LongestAnswer };
    }

    /// <summary>Where tokens of a server are made.</summary>
    public static Uri TokenAddress(ContentServerOptions server) => Below(server, server.TokenUrl, "oauth/token");

    /// <summary>An address of a server: as set, else below its own one.</summary>
    public static Uri Below(ContentServerOptions server, string set, string path) =>
        set.Length > 0 ? new Uri(set) : new Uri(new Uri(server.Url.TrimEnd('/') + "/"), path);

    /// <summary>Asks for a token.</summary>
    /// <exception cref="ContentServerException">It could not be had.</exception>
    public async Task<OAuthToken> Ask(ContentServerOptions server, KeyValuePair<string, string>[] form, CancellationToken cancellationToken)
    {
        var answer = await Post(server, TokenAddress(server), form, bearer: "", cancellationToken);
        var token = Text(answer, "access_token");
        return token.Length == 0
            ? throw new ContentServerException("its answer has no token.", refused: false)
            : new OAuthToken(token, answer.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt32(out var life)
                ? _time.GetUtcNow().AddSeconds(life)
                : null, Text(answer, "refresh_token"));
    }

    /// <summary>Sends a form and reads the JSON object of the answer.</summary>
    /// <exception cref="ContentServerException">It was refused, or the answer is none.</exception>
    public async Task<JsonElement> Post(
        ContentServerOptions server, Uri address, KeyValuePair<string, string>[] form, string bearer, CancellationToken cancellationToken)
    {
        using var answer = await Send(server, address, form, bearer, cancellationToken);
        try
        {
            using var document = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw Unreadable();
        }
        catch (JsonException)
        {
            throw Unreadable();
        }
    }

    /// <summary>Sends a form.</summary>
    /// <param name="server">Whose login is sent along.</param>
    /// <param name="address">Where to.</param>
    /// <param name="form">The form.</param>
    /// <param name="bearer">A token in place of the login; "" for the login.</param>
    /// <param name="cancellationToken">Cancellation.</param>
    /// <exception cref="ContentServerException">It was refused.</exception>
    public async Task<HttpResponseMessage> Send(
        ContentServerOptions server, Uri address, KeyValuePair<string, string>[] form, string bearer, CancellationToken cancellationToken)
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
                    request.Headers.Authorization = bearer.Length > 0 ? new AuthenticationHeaderValue("Bearer", bearer) : LoginOf(server);
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

    /// <summary>A text of an answer; "" for none.</summary>
    public static string Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    public void Dispose() => _http.Dispose();

    private static AuthenticationHeaderValue? LoginOf(ContentServerOptions server) => server.ClientId.Length == 0
        ? null
        : new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(server.ClientId)}:{Uri.EscapeDataString(server.ClientSecret)}")));

    private static ContentServerException Unreadable() => new("its answer is not of RFC 6749.", refused: false);
}
