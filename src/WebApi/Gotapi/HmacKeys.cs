using Dwapi.Gotapi.Authentication;
using Dwapi.Grains.Applications;
using Dwapi.Grains.Settings;
using Dwapi.WebApi.Tenants;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Gotapi;

/// <summary>
/// Signs answers for applications that handed over a key (gotapi-1.1 section 8). A client's own key goes before the origin's, which
/// also signs what no client of its own key stands behind: availability, grant, an unknown token (DECISIONS 7). A node asks for it again
/// after SessionCacheTime, so that the requests of an origin do not all pass its grain.
/// </summary>
internal sealed class HmacKeys(IGrainFactory grains, TimeProvider time, IOptions<GotapiOptions> options)
{
    // Anyone may name any origin.
    private const int ClearAbove = 10_000;

    private readonly long _maxAge = (long)(options.Value.SessionCacheTime.TotalSeconds * time.TimestampFrequency);

    /// <summary>The hmac of a nonce; "" when there is no key, or key or nonce is no text of the key's form.</summary>
    public ValueTask<string> Sign(HmacKey? own, Tenant tenant, string origin, ReadOnlyMemory<char> nonce) =>
        own is not null ? new ValueTask<string>(Compute(own, nonce))
        : tenant.OriginKeys.TryGetValue(origin, out var known) && time.GetTimestamp() - known.FetchedAt < _maxAge
            ? new ValueTask<string>(Compute(known.Key, nonce))
            : SignWithOriginKey(tenant, origin, nonce);

    /// <summary>Whether a text can be a key from availability.</summary>
    public static bool IsAvailabilityKey(string text) => ServerHmac.IsKey(HmacForm.Ascii, text);

    private async ValueTask<string> SignWithOriginKey(Tenant tenant, string origin, ReadOnlyMemory<char> nonce)
    {
        var now = time.GetTimestamp();
        var key = await grains.GetGrain<IApplicationGrain>(tenant.KeyOf(origin)).GetOriginKey();
        if (tenant.OriginKeys.Count > ClearAbove)
        {
            tenant.OriginKeys.Clear();
        }

        tenant.OriginKeys[origin] = new KnownOriginKey(key, now);
        return Compute(key, nonce);
    }

    private static string Compute(HmacKey? key, ReadOnlyMemory<char> nonce) =>
        key is not null && ServerHmac.TryCompute(key.Ascii ? HmacForm.Ascii : HmacForm.HexDecoded, key.Text, nonce.Span, out var hmac) ? hmac : "";
}
