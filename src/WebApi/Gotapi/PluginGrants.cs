using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dwapi.Gotapi.Errors;
using Dwapi.Grains.Applications;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.WebApi.Draining;

namespace Dwapi.WebApi.Gotapi;

/// <summary>
/// The plug-in's own approval of an application: createClient, then requestAccessToken, once per client and service (gotapi-1.1 section 9,
/// DECISIONS 5).
/// </summary>
internal sealed class PluginGrants(IGrainFactory grains, NodeDrain drain, ServerIdentity server)
{
    /// <summary>Errors by which a plug-in says that it does not know its client or token any more.</summary>
    public static bool MeansStartOver(int errorCode) =>
        errorCode == GotapiErrors.Authorization.Code || errorCode == GotapiErrors.NotFoundClientId.Code;

    /// <summary>How often the two steps are begun before the plug-in's refusal is passed on.</summary>
    public const int MostTries = 3;

    private static readonly PluginGrant NoGrantNeeded = new("", "");

    // Two calls of one client that come together must not make two clients at the plug-in.
    private readonly ConcurrentDictionary<(string Tenant, string ClientId, string ServiceId), Lazy<Task<PluginGrantResult>>> _asking = new();

    /// <summary>The grant of this client for a service, asked for when there is none.</summary>
    public async ValueTask<PluginGrantResult> Get(GotapiCall call, ServiceRegistration service)
    {
        if (service.Approval == PluginApproval.Automatic)
        {
            return new PluginGrantResult(NoGrantNeeded, 0, "");
        }

        var key = (call.Tenant.Name, call.Session!.ClientId, service.ServiceId);
        var asking = _asking.GetOrAdd(key, _ => new Lazy<Task<PluginGrantResult>>(() => GetOrAsk(call, service)));
        try
        {
            return await asking.Value.WaitAsync(drain.ForWait(call.Context));
        }
        finally
        {
            if (asking.Value.IsCompleted)
            {
                _asking.TryRemove(new KeyValuePair<(string, string, string), Lazy<Task<PluginGrantResult>>>(key, asking));
            }
        }
    }

    /// <summary>Forgets a grant that the plug-in no longer knows.</summary>
    public static Task Forget(GotapiCall call, ServiceRegistration service) => call.Session!.Grain.SetPluginGrant(service.ServiceId, null);

    private async Task<PluginGrantResult> GetOrAsk(GotapiCall call, ServiceRegistration service)
    {
        var session = call.Session!.Grain;
        if (await session.GetPluginGrant(service.ServiceId) is { } known)
        {
            return new PluginGrantResult(known, 0, "");
        }

        for (var tries = 1; ; tries++)
        {
            var result = await Ask(call, service);
            if (result.ErrorCode == 0)
            {
                await session.SetPluginGrant(service.ServiceId, result.Grant);
                return result;
            }

            if (!MeansStartOver(result.ErrorCode) || tries == MostTries)
            {
                return result;
            }
        }
    }

    // The answer is for every call that waits for it, so no single one's abort ends it; the edge's own time limit does.
    private async Task<PluginGrantResult> Ask(GotapiCall call, ServiceRegistration service)
    {
        var edge = grains.GetGrain<IEdgeGrain>(call.Tenant.KeyOf(service.EdgeId));
        var client = await edge.Call(Step("createClient", call, service, "", ""), CancellationToken.None);
        if (client.ErrorCode == GotapiErrors.NotSupportProfile.Code)
        {
            return new PluginGrantResult(NoGrantNeeded, 0, "");
        }

        if (client.ErrorCode != 0)
        {
            return new PluginGrantResult(NoGrantNeeded, client.ErrorCode, client.ErrorMessage);
        }

        var scope = string.Join(',', service.Profiles.Select(profile => profile.Profile));
        var token = await edge.Call(Step("requestAccessToken", call, service, client.ClientId, scope), CancellationToken.None);
        return new PluginGrantResult(new PluginGrant(client.ClientId, token.AccessToken), token.ErrorCode, token.ErrorMessage);
    }

    private PluginCall Step(string attribute, GotapiCall call, ServiceRegistration service, string clientId, string scope) => new(
        "GET",
        service.ServiceId,
        "authorization",
        "",
        attribute,
        call.Origin,
        clientId,
        "",
        scope,
        scope.Length == 0 ? "" : server.Product,
        ImmutableArray<PluginParameter>.Empty);
}
