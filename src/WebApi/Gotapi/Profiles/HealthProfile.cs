using System.Collections.Immutable;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Health;
using Dwapi.Grains.Applications;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Settings;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Gotapi.Profiles;

/// <summary>
/// The health profile (dwapi-health): GET is the latest result, at once or never; PUT and DELETE start and stop asynchronous messages.
/// Everything it knows of an attribute is in <see cref="HealthAttributes"/>.
/// </summary>
internal sealed class HealthProfile : IProfileHandler
{
    private static readonly ImmutableArray<string> EveryHealthScope =
        [HealthAttributes.Profile, .. HealthAttributes.All.SelectMany(attribute => attribute.DiscoveryScopes).Select(scope => scope.Name)];

    private readonly ServiceDirectory _services;
    private readonly PluginGrants _grants;
    private readonly Answers _answers;
    private readonly TimeProvider _time;
    private readonly TimeSpan? _freshness;

    public HealthProfile(
        ServiceDirectory services, PluginGrants grants, Answers answers, IOptions<GotapiOptions> options, TimeProvider time)
    {
        _services = services;
        _grants = grants;
        _answers = answers;
        _time = time;
        _freshness = options.Value.Freshness;
    }

    public string Profile => HealthAttributes.Profile;

    public bool NeedsToken => true;

    // An attribute that the profile does not define is error 8 to whoever may see some part of the profile.
    public ImmutableArray<string> ScopesFor(in GotapiPath path) => AttributeOf(path)?.AcceptedScopes ?? EveryHealthScope;

    public ValueTask Answer(GotapiCall call)
    {
        if (call.Parameters.ServiceId is not { Length: > 0 } serviceId)
        {
            return call.Fail(GotapiErrors.EmptyServiceId);
        }

        if (_services.Find(call.Tenant, serviceId.Span) is not { } device)
        {
            return call.Fail(GotapiErrors.NotFoundService);
        }

        var attribute = AttributeOf(call.Path);
        var asking = device.GetLatest(attribute?.Name ?? "");
        return asking.IsCompletedSuccessfully ? Answer(call, attribute, asking.Result) : AwaitLatest(call, attribute, asking);
    }

    private async ValueTask AwaitLatest(GotapiCall call, HealthAttribute? attribute, ValueTask<OneShot> asking) =>
        await Answer(call, attribute, await asking);

    private ValueTask Answer(GotapiCall call, HealthAttribute? attribute, OneShot one)
    {
        if (one.Registration is not { } service)
        {
            return call.Fail(GotapiErrors.NotFoundService);
        }

        if (OfferedProfiles.Find(service, HealthAttributes.Profile) is not { } offered)
        {
            return call.Fail(GotapiErrors.NotSupportProfile);
        }

        if (attribute is null)
        {
            return call.Fail(GotapiErrors.UnknownAttribute);
        }

        if (call.Verb == GotapiVerb.Post)
        {
            return call.Fail(GotapiErrors.NotSupportAction);
        }

        if (!offered.Offers("", attribute.Name))
        {
            return call.Fail(GotapiErrors.NotSupportAttribute);
        }

        if (call.Parameters.MalformedBody)
        {
            return call.Fail(GotapiErrors.InvalidRequestParameter, "The body cannot be read.");
        }

        return service.Approval == PluginApproval.Automatic ? Act(call, attribute, one) : ActWhenGranted(call, attribute, one);
    }

    private async ValueTask ActWhenGranted(GotapiCall call, HealthAttribute attribute, OneShot one)
    {
        var grant = await _grants.Get(call, one.Registration!);
        await (grant.ErrorCode == 0 ? Act(call, attribute, one) : call.Fail(GotapiErrors.Of(grant.ErrorCode), grant.ErrorMessage));
    }

    private ValueTask Act(GotapiCall call, HealthAttribute attribute, OneShot one) => call.Verb switch
    {
        GotapiVerb.Get => GiveLatest(call, attribute, one),
        GotapiVerb.Put => Start(call, attribute, one),
        _ => Stop(call, attribute),
    };

    private ValueTask GiveLatest(GotapiCall call, HealthAttribute attribute, OneShot one)
    {
        if (one.Latest is not { } latest)
        {
            return call.Fail(GotapiErrors.IllegalDeviceState, "There is no result yet. Measure, or start asynchronous messages with PUT.");
        }

        if (_freshness is { } freshness && _time.GetUtcNow().ToUnixTimeMilliseconds() - latest.MeasuredAt > freshness.TotalMilliseconds)
        {
            return call.Fail(GotapiErrors.IllegalDeviceState, "The latest result is too old (Gotapi:Freshness). Measure again.");
        }

        var signing = call.Hmac();
        if (!signing.IsCompletedSuccessfully)
        {
            return AwaitHmac(this, call, attribute, one.Registration!, latest, signing);
        }

        WriteLatest(call, attribute, one.Registration!, latest, signing.Result);
        return ValueTask.CompletedTask;

        static async ValueTask AwaitHmac(
            HealthProfile self, GotapiCall call, HealthAttribute attribute, ServiceRegistration service, Measurement latest, ValueTask<string> signing) =>
            self.WriteLatest(call, attribute, service, latest, await signing);
    }

    private void WriteLatest(GotapiCall call, HealthAttribute attribute, ServiceRegistration service, Measurement latest, string hmac)
    {
        var answer = _answers.BeginWithRequestCode();
        answer.Write(","u8);
        HealthSlices.WriteMember(answer, attribute, service.Device.Span, latest.BatteryLevel.Span, latest.Quantities.Span);
        Answers.End(call.Context, answer, hmac);
    }

    private async ValueTask Start(GotapiCall call, HealthAttribute attribute, OneShot one)
    {
        if (!EventMonitors.TryReadSince(call, out var since))
        {
            await call.Fail(GotapiErrors.InvalidRequestParameter, EventMonitors.BadSince);
            return;
        }

        var hmac = await call.Hmac();
        await call.Session!.Grain.StartMonitor(EventMonitors.Of(KeyOf(one.Registration!, attribute), hmac, one, since));
        var answer = _answers.BeginWithRequestCode();
        answer.Write(","u8);
        HealthSlices.WriteMember(answer, attribute, one.Registration!.Device.Span, default, default);
        answer.Write(",\"cursor\":"u8);
        answer.WriteAscii(new EventCursor(one.Epoch, one.Head).ToString());
        Answers.End(call.Context, answer, hmac);
    }

    private async ValueTask Stop(GotapiCall call, HealthAttribute attribute)
    {
        var serviceId = call.Parameters.ServiceId!.Value.ToString();

        // One that is not there has been stopped before: a repeated DELETE is no error.
        await call.Session!.Grain.StopMonitor(new MonitorKey(serviceId, HealthAttributes.Profile, attribute.Name));
        await call.Succeed();
    }

    private static MonitorKey KeyOf(ServiceRegistration service, HealthAttribute attribute) =>
        new(service.ServiceId, HealthAttributes.Profile, attribute.Name);

    private static HealthAttribute? AttributeOf(in GotapiPath path) => path.Interface.IsEmpty ? HealthAttributes.Find(path.Attribute) : null;
}
