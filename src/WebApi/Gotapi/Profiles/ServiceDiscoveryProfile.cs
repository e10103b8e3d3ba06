using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Dwapi.Gotapi.Errors;
using Dwapi.Grains.Applications;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Gotapi.Profiles;

/// <summary>
/// <c>serviceDiscovery</c> asks the tenant's edges as GotAPI asks the plug-ins, waits 8 s at most and returns what it has
/// (gotapi-1.1 6.4, DECISIONS 9); <c>onServiceChange</c> starts and stops its events.
/// </summary>
internal sealed class ServiceDiscoveryProfile(
    IGrainFactory grains, Answers answers, IOptions<GotapiOptions> options, TimeProvider time, ILogger<ServiceDiscoveryProfile> logger)
    : IProfileHandler
{
    /// <summary>Definition's spelling of the profile.</summary>
    public const string Name = "serviceDiscovery";

    /// <summary>Definition's spelling of the event attribute.</summary>
    public const string OnServiceChange = "onServiceChange";

    /// <summary>What a client watches with PUT onServiceChange.</summary>
    public static readonly MonitorKey ChangeKey = new("", Name, OnServiceChange);

    private const int MostServices = 1000;

    private static readonly ImmutableArray<string> Scopes = ["servicediscovery"];

    private readonly TimeSpan _wait = options.Value.DiscoveryTimeout;

    public string Profile => Name;

    public bool NeedsToken => true;

    public ImmutableArray<string> ScopesFor(in GotapiPath path) => Scopes;

    public ValueTask Answer(GotapiCall call)
    {
        if (call.Path.Attribute.IsEmpty)
        {
            return call.Verb == GotapiVerb.Get ? Discover(call) : call.Fail(GotapiErrors.NotSupportAction);
        }

        if (!call.Path.Interface.IsEmpty || !call.Path.Attribute.Equals(OnServiceChange, StringComparison.OrdinalIgnoreCase))
        {
            return call.Fail(GotapiErrors.UnknownAttribute);
        }

        return call.Verb switch
        {
            GotapiVerb.Put => Watch(call),
            GotapiVerb.Delete => Unwatch(call),
            _ => call.Fail(GotapiErrors.NotSupportAction),
        };
    }

    private async ValueTask Watch(GotapiCall call)
    {
        if (call.Parameters.MalformedBody)
        {
            await call.Fail(GotapiErrors.InvalidRequestParameter);
            return;
        }

        var hmac = await call.Hmac();
        var now = await grains.GetGrain<IServiceChangesGrain>(call.Tenant.Name).Read("", 0);
        await call.Session!.Grain.StartMonitor(new SessionMonitor(ChangeKey, hmac, now.Epoch, now.After, SendLatest: false, Gap: false));
        Answers.End(call.Context, answers.Begin(), hmac);
    }

    private async ValueTask Unwatch(GotapiCall call)
    {
        await call.Session!.Grain.StopMonitor(ChangeKey);
        await call.Succeed();
    }

    private async ValueTask Discover(GotapiCall call)
    {
        var limit = MostServices;
        if (call.Parameters.Find("limit") is { } limitText
            && (!int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is 0 or > MostServices))
        {
            await call.Fail(GotapiErrors.InvalidRequestParameter, "limit is a number from 1 to 1000.");
            return;
        }

        DiscoveryCursor cursor = default;
        if (call.Parameters.Find("cursor") is { Length: > 0 } cursorText && !DiscoveryCursor.TryParse(cursorText, out cursor))
        {
            await call.Fail(GotapiErrors.InvalidRequestParameter, "cursor is the nextCursor of an earlier answer.");
            return;
        }

        var (services, more) = await new DiscoveryPage(grains, call.Tenant, time, logger).Collect(cursor, limit, _wait, call.Aborted);
        var hmac = await call.Hmac();
        var answer = answers.Begin();
        answer.Write(",\"services\":"u8);
        using (var json = new Utf8JsonWriter(answer))
        {
            json.WriteStartArray();
            foreach (var service in services)
            {
                json.WriteStartObject();
                ServiceJson.WriteMembers(json, service);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (more)
        {
            answer.WriteMember(",\"nextCursor\":"u8, new DiscoveryCursor(services[^1].EdgeId, services[^1].ServiceId).ToString());
        }

        Answers.End(call.Context, answer, hmac);
    }
}
