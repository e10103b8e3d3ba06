using System.Buffers;
using System.Security.Cryptography;
using Dwapi.Edge.Services;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;

namespace Dwapi.Edge.Link;

/// <summary>Answers the server's requests: discovery, the two approval steps, and the health attributes with the latest known.</summary>
internal sealed class RequestAnswers(ServiceCatalog catalog)
{
    /// <summary>The answer to a request. Never throws: what cannot be done is an error of the table.</summary>
    public ResponseFrame Answer(RequestFrame request) => request.Profile.ToUpperInvariant() switch
    {
        "NETWORKSERVICEDISCOVERY" when Is(request.Attribute, RequestFrame.DiscoveryAttribute) =>
            Success(request) with { Services = [.. catalog.All()] },
        "AUTHORIZATION" when Is(request.Attribute, RequestFrame.CreateClientAttribute) => Success(request) with { ClientId = Secret() },
        "AUTHORIZATION" when Is(request.Attribute, RequestFrame.RequestAccessTokenAttribute) =>
            Success(request) with { AccessToken = Secret() },
        "HEALTH" => Health(request),
        _ => Failure(request, GotapiErrors.NotSupportProfile),
    };

    // HELLO declares approval: automatic, so nobody has to show these again; a server that asks all the same gets an answer.
    private static string Secret() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static bool Is(string name, string wanted) => name.Equals(wanted, StringComparison.OrdinalIgnoreCase);

    /// <summary>The answer that it is done.</summary>
    public static ResponseFrame Success(RequestFrame request) => new() { RequestCode = request.RequestCode };

    /// <summary>The answer that it cannot be done.</summary>
    public static ResponseFrame Failure(RequestFrame request, GotapiError error) =>
        new() { RequestCode = request.RequestCode, Result = 1, ErrorCode = error.Code, ErrorMessage = error.Message };

    private static ResponseFrame Object(
        RequestFrame request, EdgeService service, HealthAttribute attribute, ReadOnlySpan<byte> battery, ReadOnlyMemory<byte> quantities)
    {
        var device = DeviceObjectWriter.ToUtf8(service.Device.ToDeviceObject(attribute), attribute.HasModelName);
        var members = new ArrayBufferWriter<byte>();
        members.Write("{"u8);
        HealthSlices.WriteMember(members, attribute, HealthSlices.Inner(device).Span, battery, quantities.Span);
        members.Write("}"u8);
        return Success(request) with { Members = members.WrittenMemory };
    }

    private ResponseFrame Health(RequestFrame request)
    {
        if (request.ServiceId is null)
            return Failure(request, GotapiErrors.EmptyServiceId);
        if (!catalog.TryFind(request.ServiceId, out var service))
            return Failure(request, GotapiErrors.NotFoundService);
        if (HealthAttributes.Find(request.Attribute) is not { } attribute)
            return Failure(request, GotapiErrors.UnknownAttribute);
        lock (service.Gate)
        {
            if (!service.Has(attribute))
                return Failure(request, GotapiErrors.NotSupportAttribute);
            return request.Method switch
            {
                RequestMethod.Get when service.Latest(attribute) is { } latest =>
                    Object(request, service, attribute, service.Device.Battery.Utf8.Span, HealthSlices.Inner(latest)),
                RequestMethod.Get => Failure(request, GotapiErrors.IllegalDeviceState),

                // Every measurement goes to the server anyway, so there is nothing to start or stop.
                RequestMethod.Put => Object(request, service, attribute, default, default),
                RequestMethod.Delete => Success(request),
                _ => Failure(request, GotapiErrors.NotSupportAction),
            };
        }
    }
}
