using System.Collections.Immutable;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Applications;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;

namespace Dwapi.WebApi.Gotapi.Profiles;

/// <summary>
/// The profile 3dp (DWAPI-3DP): information and status are the printer's last snapshot, at once or never (DECISIONS 5); PUT and DELETE start
/// and stop asynchronous messages; commands and content servers are <see cref="PrintingCommands"/>.
/// </summary>
internal sealed class PrinterProfile(
    IGrainFactory grains, ServiceDirectory services, PluginGrants grants, PrintingCommands commands, Answers answers) : IProfileHandler
{
    public string Profile => PrintingProfile.Name;

    public bool NeedsToken => true;

    public ImmutableArray<string> ScopesFor(in GotapiPath path) => PrintingProfile.Scopes;

    public async ValueTask Answer(GotapiCall call)
    {
        if (call.Parameters.ServiceId is not { Length: > 0 } serviceId)
        {
            await call.Fail(GotapiErrors.EmptyServiceId);
            return;
        }

        var one = services.Find(call.Tenant, serviceId.Span) is { } device ? await device.GetLatest(PrintingProfile.Information) : null;
        if (one?.Registration is not { } service)
        {
            await call.Fail(GotapiErrors.NotFoundService);
            return;
        }

        if (OfferedProfiles.Find(service, PrintingProfile.Name) is not { } offered)
        {
            await call.Fail(GotapiErrors.NotSupportProfile);
            return;
        }

        if (!call.Path.Interface.IsEmpty || PrintingProfile.FindAttribute(call.Path.Attribute) is not { } attribute)
        {
            await call.Fail(GotapiErrors.UnknownAttribute);
            return;
        }

        if (call.Verb == GotapiVerb.Post || (attribute == PrintingProfile.ContentServer && call.Verb != GotapiVerb.Get))
        {
            await call.Fail(GotapiErrors.NotSupportAction);
            return;
        }

        if (!offered.Offers("", attribute))
        {
            await call.Fail(GotapiErrors.NotSupportAttribute);
            return;
        }

        if (call.Parameters.MalformedBody)
        {
            await call.Fail(GotapiErrors.InvalidRequestParameter, "The body cannot be read.");
            return;
        }

        if (service.Approval == PluginApproval.Ask && await grants.Get(call, service) is { ErrorCode: not 0 } refused)
        {
            await call.Fail(GotapiErrors.Of(refused.ErrorCode), refused.ErrorMessage);
            return;
        }

        await Act(call, attribute, service, one);
    }

    private ValueTask Act(GotapiCall call, string attribute, ServiceRegistration service, OneShot one) => (attribute, call.Verb) switch
    {
        (PrintingProfile.PrintingCommand, GotapiVerb.Get) => commands.GetQueue(call, service),
        (PrintingProfile.PrintingCommand, GotapiVerb.Put) => commands.Start(call, service),
        (PrintingProfile.PrintingCommand, _) => commands.Stop(call, service),
        (PrintingProfile.ContentServer, _) => commands.GetContentServers(call, service),
        (_, GotapiVerb.Get) => GiveLatest(call, service, one),
        (_, GotapiVerb.Put) => StartEvents(call, attribute, service, one),
        _ => StopEvents(call, attribute, service),
    };

    private async ValueTask GiveLatest(GotapiCall call, ServiceRegistration service, OneShot one)
    {
        if (one.Latest is not { } latest)
        {
            await call.Fail(GotapiErrors.IllegalDeviceState, "The printer has not been seen yet. Look that its edge reaches it.");
            return;
        }

        var online = await IsOnline(call, service);
        var hmac = await call.Hmac();
        var answer = answers.BeginWithRequestCode();
        answer.Write(","u8);
        WriteHead(answer, service, online);
        answer.Write(","u8);
        answer.Write(WithoutOnline(latest.Quantities.Span));
        answer.Write("}"u8);
        Answers.End(call.Context, answer, hmac);
    }

    private async ValueTask StartEvents(GotapiCall call, string attribute, ServiceRegistration service, OneShot one)
    {
        if (!EventMonitors.TryReadSince(call, out var since))
        {
            await call.Fail(GotapiErrors.InvalidRequestParameter, EventMonitors.BadSince);
            return;
        }

        var online = await IsOnline(call, service);
        var hmac = await call.Hmac();
        await call.Session!.Grain.StartMonitor(EventMonitors.Of(KeyOf(service, attribute), hmac, one, since));
        var answer = answers.BeginWithRequestCode();
        answer.Write(","u8);
        WriteHead(answer, service, online);
        answer.Write("},\"cursor\":"u8);
        answer.WriteAscii(new EventCursor(one.Epoch, one.Head).ToString());
        Answers.End(call.Context, answer, hmac);
    }

    private static async ValueTask StopEvents(GotapiCall call, string attribute, ServiceRegistration service)
    {
        // One that is not there has been stopped before: a repeated DELETE is no error.
        await call.Session!.Grain.StopMonitor(KeyOf(service, attribute));
        await call.Succeed();
    }

    /// <summary>As discovery has it (DECISIONS 4): announced online, and the link of its edge up.</summary>
    private async ValueTask<bool> IsOnline(GotapiCall call, ServiceRegistration service) =>
        service.Online && (await grains.GetGrain<IEdgeGrain>(call.Tenant.KeyOf(service.EdgeId)).GetStatus()).Connected;

    /// <summary>Writes <c>"3dp":{...</c> with what the announcement has; the caller goes on inside the object.</summary>
    private static void WriteHead(AnswerBuffer answer, ServiceRegistration service, bool online)
    {
        answer.Write("\"3dp\":{\"scopes\":["u8);
        for (var i = 0; i < PrintingProfile.Scopes.Length; i++)
        {
            answer.Write(i == 0 ? default : ","u8);
            answer.WriteAscii(PrintingProfile.Scopes[i]);
        }

        answer.Write("],\"type\":"u8);
        answer.WriteString(service.Type);
        answer.Write(online ? ",\"online\":true,\"device\":{"u8 : ",\"online\":false,\"device\":{"u8);
        answer.Write(service.Device.Span);
        answer.Write("}"u8);
    }

    // An event has to say it; here the head does, as it is now.
    private static ReadOnlySpan<byte> WithoutOnline(ReadOnlySpan<byte> snapshot) =>
        snapshot.StartsWith("\"online\":true,"u8) ? snapshot["\"online\":true,"u8.Length..]
        : snapshot.StartsWith("\"online\":false,"u8) ? snapshot["\"online\":false,"u8.Length..]
        : snapshot;

    private static MonitorKey KeyOf(ServiceRegistration service, string attribute) => new(service.ServiceId, PrintingProfile.Name, attribute);
}
