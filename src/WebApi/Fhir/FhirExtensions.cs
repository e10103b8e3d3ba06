using Dwapi.Gotapi.Frames;
using Dwapi.WebApi.Fhir.Resources;
using Dwapi.WebApi.Gotapi;
using Dwapi.WebApi.Management;
using Dwapi.WebApi.Management.Devices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dwapi.WebApi.Fhir;

/// <summary>FHIR R4, read and search, behind the management door; <see cref="ManagementExtensions.AddManagement"/> brings what it needs.</summary>
public static class FhirExtensions
{
    /// <summary>Maps <c>/fhir</c>.</summary>
    public static IEndpointRouteBuilder MapFhir(this IEndpointRouteBuilder endpoints)
    {
        var fhir = AdminDoor.Guard(endpoints.MapGroup("/fhir"));
        fhir.ExcludeFromDescription();
        fhir.MapGet("/metadata", Metadata);
        fhir.MapGet("/Observation", SearchObservations);
        fhir.MapGet("/Observation/{id}", ReadObservation);
        fhir.MapGet("/Device", SearchDevices);
        fhir.MapGet("/Device/{id}", ReadDevice);
        fhir.Map("/{**rest}", () => FhirAnswers.NotFound("There is no such resource; see /fhir/metadata."));
        return endpoints;
    }

    private static IResult Metadata(HttpRequest request, ServerIdentity identity, TimeProvider time) => FhirAnswers.Ok(
        Capabilities.Of(identity, $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}/fhir", time.GetUtcNow()), FhirJson.Default.CapabilityStatement);

    private static async Task<IResult> SearchObservations(
        HttpContext context, ObservationSearch search, ITenantResolver tenants, CancellationToken cancellationToken)
    {
        if (ObservationQuery.TryRead(context.Request.Query, out var query) is { } fault)
        {
            return FhirAnswers.Invalid(fault);
        }

        var page = await search.FindAsync(tenants.Resolve(context), query!, cancellationToken);
        return FhirAnswers.Page(
            context.Request, page?.Found.Select(found => (found.Id, (Resource)found)) ?? [], page?.Next ?? "");
    }

    private static async Task<IResult> ReadObservation(string id, HttpContext context, ObservationSearch search, ITenantResolver tenants) =>
        FhirId.ObservationOf(id) is { } key
        && await search.ReadAsync(tenants.Resolve(context), key.ServiceId, key.Attribute, key.Sequence) is { } observation
            ? FhirAnswers.Ok(observation, FhirJson.Default.Observation)
            : FhirAnswers.NotFound("There is no such Observation.");

    private static async Task<IResult> SearchDevices(
        HttpContext context, DeviceDirectory directory, ITenantResolver tenants, CancellationToken cancellationToken)
    {
        var parameters = context.Request.Query;
        if (!ObservationQuery.TryCount(parameters, out var count))
        {
            return FhirAnswers.Invalid($"_count is 1 to {ObservationQuery.MaxCount}.");
        }

        var tenant = tenants.Resolve(context);
        if (parameters["identifier"].ToString() is { Length: > 0 } identifier)
        {
            var serviceId = identifier[(identifier.LastIndexOf('|') + 1)..];
            var found = ServiceIdRule.IsValid(serviceId) ? await directory.Find(tenant, serviceId) : null;
            return FhirAnswers.Page(context.Request, found is { } one ? [Entry(DeviceMapper.Map(one.Service))] : [], "");
        }

        var (services, next) = await directory.GetPage(tenant, parameters["_cursor"].ToString(), count, cancellationToken);
        return FhirAnswers.Page(context.Request, services.Select(service => Entry(DeviceMapper.Map(service))), next);
    }

    private static async Task<IResult> ReadDevice(string id, HttpContext context, DeviceDirectory directory, ITenantResolver tenants) =>
        FhirId.ServiceOf(id) is { } serviceId && await directory.Find(tenants.Resolve(context), serviceId) is { } found
            ? FhirAnswers.Ok(DeviceMapper.Map(found.Service), FhirJson.Default.Device)
            : FhirAnswers.NotFound("There is no such Device.");

    private static (string Id, Resource Resource) Entry(Device device) => (device.Id, device);
}
