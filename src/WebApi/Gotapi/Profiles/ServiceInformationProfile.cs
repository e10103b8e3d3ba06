using System.Collections.Immutable;
using System.Text.Json;
using Dwapi.Gotapi.Errors;
using Dwapi.Grains.Devices;

namespace Dwapi.WebApi.Gotapi.Profiles;

/// <summary><c>GET serviceInformation</c>: what a service can do (gotapi-1.1 6.5).</summary>
internal sealed class ServiceInformationProfile(ServiceDirectory services, Answers answers, ServerIdentity server) : IProfileHandler
{
    private static readonly ImmutableArray<string> Scopes = ["serviceinformation"];

    public string Profile => "serviceInformation";

    public bool NeedsToken => true;

    public ImmutableArray<string> ScopesFor(in GotapiPath path) => Scopes;

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

        var hmac = await call.Hmac();
        var answer = answers.Begin();
        Write(answer, service);
        Answers.End(call.Context, answer, hmac);
    }

    // The server's version stands in the envelope already; the service's own one would contradict it there.
    private void Write(AnswerBuffer answer, ServiceRegistration service)
    {
        answer.Write(",\"supports\":"u8);
        using var json = new Utf8JsonWriter(answer);
        json.WriteStartArray();
        foreach (var profile in service.Profiles)
        {
            json.WriteStringValue(profile.Profile);
        }

        json.WriteEndArray();
        json.Flush();
        answer.Write(",\"supportApis\":"u8);
        json.Reset(answer);
        json.WriteStartObject();
        foreach (var profile in service.Profiles)
        {
            json.WritePropertyName(profile.Profile);
            ProfileDocument.Write(json, profile, server);
        }

        json.WriteEndObject();
        json.Flush();
        answer.Write(",\"connect\":"u8);
        json.Reset(answer);
        json.WriteStartObject();
        if (ConnectName(service.Type) is { } network)
        {
            json.WriteBoolean(network, service.Online);
        }

        json.WriteEndObject();
    }

    private static string? ConnectName(string type) => type.ToUpperInvariant() switch
    {
        "WIFI" => "wifi",
        "BLE" => "ble",
        "BLUETOOTH" => "bluetooth",
        "NFC" => "nfc",
        _ => null,
    };
}
