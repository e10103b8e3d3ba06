using System.Collections.Immutable;
using Dwapi.Gotapi.Errors;
using Dwapi.Grains.Applications;
using Dwapi.WebApi.Doors;

namespace Dwapi.WebApi.Gotapi.Profiles;

/// <summary>
/// <c>GET availability</c>: does the server run? An HMAC key may come along; it waits for the grant of the same origin and address
/// (gotapi-1.1 6.1, DECISIONS 1).
/// </summary>
internal sealed class AvailabilityProfile(IGrainFactory grains, RemoteAddress remote) : IProfileHandler
{
    public string Profile => "availability";

    public bool NeedsToken => false;

    public ImmutableArray<string> ScopesFor(in GotapiPath path) => [];

    public async ValueTask Answer(GotapiCall call)
    {
        if (!call.Path.Attribute.IsEmpty)
        {
            await call.Fail(GotapiErrors.UnknownAttribute);
            return;
        }

        if (call.Verb != GotapiVerb.Get)
        {
            await call.Fail(GotapiErrors.NotSupportAction);
            return;
        }

        if (call.Parameters.Find("key") is { Length: > 0 } key)
        {
            if (!HmacKeys.IsAvailabilityKey(key))
            {
                await call.Fail(GotapiErrors.InvalidRequestParameter, "key is hex text of at most 256 characters.");
                return;
            }

            await grains.GetGrain<IApplicationGrain>(call.Tenant.KeyOf(call.Origin))
                .OfferKey(remote.TextOf(call.Context), new HmacKey(key, Ascii: true));
        }

        await call.Succeed();
    }
}
