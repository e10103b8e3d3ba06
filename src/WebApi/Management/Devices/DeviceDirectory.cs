using System.Collections.Immutable;
using Dwapi.Gotapi.Health;
using Dwapi.Grains;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Tenants;

namespace Dwapi.WebApi.Management.Devices;

/// <summary>
/// All devices of a tenant in pages, by edge and service id. Each edge gives its own page, so no list of all devices exists anywhere.
/// </summary>
internal sealed class DeviceDirectory(IGrainFactory grains)
{
    /// <summary>Services above a cursor <c>edgeId/serviceId</c> ("" for the first), and the cursor of the next page or "".</summary>
    public async Task<(List<ServiceRegistration> Services, string Next)> GetPage(
        string tenant, string cursor, int limit, CancellationToken cancellationToken)
    {
        var (startEdge, after) = Split(cursor);
        var services = new List<ServiceRegistration>();
        foreach (var edgeId in await grains.GetGrain<ITenantGrain>(tenant).GetEdges())
        {
            if (string.CompareOrdinal(edgeId, startEdge) < 0)
            {
                continue;
            }

            var edge = grains.GetGrain<IEdgeGrain>(TenantKey.Of(tenant, edgeId));
            var page = await edge.GetServices(edgeId == startEdge ? after : "", limit - services.Count, cancellationToken);
            services.AddRange(page.Services);
            if (services.Count >= limit)
            {
                // There may be nothing behind it; then the next page is empty, which costs less than looking ahead.
                return (services, $"{edgeId}/{services[^1].ServiceId}");
            }
        }

        return (services, "");
    }

    /// <summary>The registration and the latest result of every health attribute; null when there is no such device.</summary>
    public async Task<(ServiceRegistration Service, IReadOnlyList<MeasurementView> Latest)?> Find(string tenant, string serviceId)
    {
        var device = grains.GetGrain<IDeviceGrain>(TenantKey.Of(tenant, serviceId));
        var registration = (await device.GetLatest(HealthAttributes.All[0].Name)).Registration;
        return registration is null ? null : (registration, await GetLatest(tenant, registration));
    }

    /// <summary>The latest result of every health attribute that the service has.</summary>
    public async Task<IReadOnlyList<MeasurementView>> GetLatest(string tenant, ServiceRegistration service)
    {
        var device = grains.GetGrain<IDeviceGrain>(TenantKey.Of(tenant, service.ServiceId));
        var latest = new List<MeasurementView>();
        foreach (var attribute in AttributesOf(service))
        {
            if ((await device.GetLatest(attribute)).Latest is { } measurement)
            {
                latest.Add(MeasurementView.Of(attribute, measurement));
            }
        }

        return latest;
    }

    /// <summary>The health attributes of a service.</summary>
    public static ImmutableArray<string> AttributesOf(ServiceRegistration service) =>
        service.Profiles.FirstOrDefault(profile => profile.Profile == HealthAttributes.Profile)?.Attributes ?? [];

    private static (string Edge, string After) Split(string cursor)
    {
        var slash = cursor.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? ("", "") : (cursor[..slash], cursor[(slash + 1)..]);
    }
}
