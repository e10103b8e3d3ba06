using System.Collections.Immutable;
using System.Text.Json;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Tenants;
using Dwapi.WebApi.Tenants;
using Microsoft.Extensions.Logging;

namespace Dwapi.WebApi.Gotapi.Profiles;

/// <summary><c>system</c>, DeviceConnect's extension: what the server is made of, and stopping every event of a client (gotapi-1.1 6.6).</summary>
internal sealed class SystemProfile(IGrainFactory grains, Answers answers, ServerIdentity server, ILogger<SystemProfile> logger) : IProfileHandler
{
    private const int MostServices = 1000;

    private static readonly ImmutableArray<string> Scopes = ["system"];

    private static readonly ImmutableArray<string> ServerProfiles =
        ["availability", "authorization", "serviceDiscovery", "serviceInformation", "system", HealthAttributes.Profile, PrintingProfile.Name];

    public string Profile => "system";

    public bool NeedsToken => true;

    public ImmutableArray<string> ScopesFor(in GotapiPath path) => Scopes;

    public ValueTask Answer(GotapiCall call)
    {
        var path = call.Path;
        if (path.Attribute.IsEmpty)
        {
            return call.Verb == GotapiVerb.Get ? Describe(call) : call.Fail(GotapiErrors.NotSupportAction);
        }

        if (Is(path, "device", "wakeup"))
        {
            return call.Verb == GotapiVerb.Put ? WakeUp(call) : call.Fail(GotapiErrors.NotSupportAction);
        }

        if (Is(path, "", "events"))
        {
            return call.Verb == GotapiVerb.Delete ? StopEvents(call) : call.Fail(GotapiErrors.NotSupportAction);
        }

        if (Is(path, "", "keyword"))
        {
            return call.Verb == GotapiVerb.Put ? ShowKeyword(call) : call.Fail(GotapiErrors.NotSupportAction);
        }

        return call.Fail(GotapiErrors.UnknownAttribute);
    }

    private static bool Is(in GotapiPath path, string @interface, string attribute) =>
        path.Interface.Equals(@interface, StringComparison.OrdinalIgnoreCase)
        && path.Attribute.Equals(attribute, StringComparison.OrdinalIgnoreCase);

    private async ValueTask Describe(GotapiCall call)
    {
        var edgeIds = await grains.GetGrain<ITenantGrain>(call.Tenant.Name).GetEdges();
        var plugins = await Task.WhenAll(edgeIds.Select(edgeId => Describe(call.Tenant, edgeId, call.Aborted)));
        var hmac = await call.Hmac();
        var answer = answers.Begin();
        answer.WriteMember(",\"name\":"u8, server.Product);
        answer.WriteMember(",\"uuid\":"u8, server.Uuid);
        answer.Write(",\"supports\":"u8);
        using var json = new Utf8JsonWriter(answer);
        WriteNames(json, ServerProfiles);
        json.Flush();
        json.Reset(answer);
        answer.Write(",\"plugins\":"u8);
        json.WriteStartArray();
        foreach (var (status, profiles) in plugins)
        {
            json.WriteStartObject();
            json.WriteString("id", status.EdgeId);
            json.WriteString("name", status.Name);
            json.WriteString("version", status.Version);
            json.WriteString("packageName", status.Product);
            json.WritePropertyName("supports");
            WriteNames(json, profiles);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Flush();
        Answers.End(call.Context, answer, hmac);
    }

    private async Task<(EdgeStatus Status, ImmutableArray<string> Profiles)> Describe(Tenant tenant, string edgeId, CancellationToken aborted)
    {
        var edge = grains.GetGrain<IEdgeGrain>(tenant.KeyOf(edgeId));
        var status = await edge.GetStatus();
        var page = await edge.GetServices("", MostServices, aborted);
        return (status, [.. page.Services.SelectMany(service => service.Profiles).Select(profile => profile.Profile).Distinct(StringComparer.Ordinal)]);
    }

    private async ValueTask WakeUp(GotapiCall call)
    {
        if (call.Parameters.Find("pluginId") is not { Length: > 0 } pluginId)
        {
            await call.Fail(GotapiErrors.InvalidRequestParameter, "pluginId is missing. GET system lists the plug-ins.");
            return;
        }

        var edgeIds = await grains.GetGrain<ITenantGrain>(call.Tenant.Name).GetEdges();
        if (!edgeIds.Contains(pluginId))
        {
            await call.Fail(GotapiErrors.InvalidRequestParameter, "There is no plug-in of that id. GET system lists the plug-ins.");
            return;
        }

        var wakeUp = new PluginCall("PUT", "", "system", "device", "wakeup", call.Origin, "", "", "", "", call.Parameters.ForPlugin());
        var result = await grains.GetGrain<IEdgeGrain>(call.Tenant.KeyOf(pluginId)).Call(wakeUp, call.Aborted);
        await (result.ErrorCode == 0 ? call.Succeed() : call.Fail(GotapiErrors.Of(result.ErrorCode), result.ErrorMessage));
    }

    private async ValueTask StopEvents(GotapiCall call)
    {
        await call.Session!.Grain.StopAllMonitors();
        await call.Succeed();
    }

    private ValueTask ShowKeyword(GotapiCall call)
    {
        Log.KeywordAsked(logger, call.Origin, server.Keyword);
        return call.Succeed();
    }

    private static void WriteNames(Utf8JsonWriter json, ImmutableArray<string> names)
    {
        json.WriteStartArray();
        foreach (var name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }
}
