using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Dwapi.Edge.Printers.PrusaLink;

/// <summary>
/// Logs in by HTTP digest authentication (RFC 7616). A nonce is used on until the printer calls it stale, so that a poll is one request and a file
/// is sent once; the platform's own handler asks anew for every request.
/// </summary>
internal sealed class DigestAuthentication(string userName, string password) : DelegatingHandler
{
    // The fresh nonce may be old again when it comes: others use it too.
    private const int MostTries = 4;

    private volatile DigestChallenge? _challenge;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var used = _challenge;
        for (var tried = 1; ; tried++)
        {
            Authorize(request, used);
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.Unauthorized || tried == MostTries
                || DigestChallenge.Of(response.Headers.WwwAuthenticate, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))) is not { } fresh)
            {
                return response;
            }

            _challenge = fresh;

            // Not stale, and the same nonce again or a fresh one: the printer knows what it refuses, and another try would refuse it too.
            if (!fresh.IsStale && (tried > 1 || used?.Nonce == fresh.Nonce))
                return response;
            response.Dispose();
            used = fresh;
        }
    }

    private void Authorize(HttpRequestMessage request, DigestChallenge? challenge)
    {
        if (challenge is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Digest", challenge.Answer(request.Method.Method, request.RequestUri!.PathAndQuery, userName, password));
        }
    }
}
