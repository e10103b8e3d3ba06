using System.Collections.Immutable;
using Dwapi.Gotapi.Errors;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.WebApi.Draining;

namespace Dwapi.WebApi.Gotapi;

/// <summary>
/// Every profile that the server itself does not know: forwarded to the plug-in that offers the service (DECISIONS 5). A plug-in that
/// no longer knows our client is asked anew, three times at most.
/// </summary>
internal sealed class PluginProfile(IGrainFactory grains, ServiceDirectory services, PluginGrants grants, NodeDrain drain, Answers answers) : IProfileHandler
{
    public string Profile => "";

    public bool NeedsToken => true;

    public ImmutableArray<string> ScopesFor(in GotapiPath path) => [path.Profile.ToString().ToLowerInvariant()];

    public async ValueTask Answer(GotapiCall call)
    {
        if (call.Parameters.ServiceId is not { Length: > 0 } serviceId)
        {
            await call.Fail(GotapiErrors.EmptyServiceId);
            return;
        }

        var one = services.Find(call.Tenant, serviceId.Span) is { } device ? await device.GetLatest("") : null;
        if (one?.Registration is not { } service)
        {
            await call.Fail(GotapiErrors.NotFoundService);
            return;
        }

        if (OfferedProfiles.Find(service, call.Path.Profile) is not { } profile)
        {
            await call.Fail(GotapiErrors.NotSupportProfile);
            return;
        }

        // A plug-in that lists its attributes has said what there is; one that lists none is asked.
        if (profile.Attributes.Length != 0 && !profile.Offers(call.Path.Interface, call.Path.Attribute))
        {
            await call.Fail(GotapiErrors.UnknownAttribute);
            return;
        }

        if (call.Parameters.MalformedBody)
        {
            await call.Fail(GotapiErrors.InvalidRequestParameter, "The body cannot be read.");
            return;
        }

        var result = await Forward(call, service);
        if (result.ErrorCode != 0)
        {
            await call.Fail(GotapiErrors.Of(result.ErrorCode), result.ErrorMessage);
            return;
        }

        var hmac = await call.Hmac();
        var answer = answers.BeginWithRequestCode();
        if (!result.Body.IsEmpty)
        {
            answer.Write(","u8);
            answer.Write(result.Body.Span);
        }

        Answers.End(call.Context, answer, hmac);
    }

    private async Task<PluginAnswer> Forward(GotapiCall call, ServiceRegistration service)
    {
        var edge = grains.GetGrain<IEdgeGrain>(call.Tenant.KeyOf(service.EdgeId));
        for (var tries = 1; ; tries++)
        {
            var grant = await grants.Get(call, service);
            if (grant.ErrorCode != 0)
            {
                return new PluginAnswer(grant.ErrorCode, grant.ErrorMessage, "", "", default);
            }

            var answer = await edge.Call(
                new PluginCall(
                    GotapiVerbs.NameOf(call.Verb),
                    service.ServiceId,
                    call.Path.Profile.ToString(),
                    call.Path.Interface.ToString(),
                    call.Path.Attribute.ToString(),
                    call.Origin,
                    grant.Grant.ClientId,
                    grant.Grant.AccessToken,
                    "",
                    "",
                    call.Parameters.ForPlugin()),
                drain.ForWait(call.Context));
            if (!PluginGrants.MeansStartOver(answer.ErrorCode) || tries == PluginGrants.MostTries || service.Approval == PluginApproval.Automatic)
            {
                return answer;
            }

            await PluginGrants.Forget(call, service);
        }
    }
}
