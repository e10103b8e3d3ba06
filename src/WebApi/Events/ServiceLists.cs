using Dwapi.Grains;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Tenants;

namespace Dwapi.WebApi.Events;

/// <summary>All services of a tenant, read from its edges: when the first monitor comes, and when changes were lost for good.</summary>
internal sealed class ServiceLists(string tenant, IGrainFactory grains)
{
    private const int Page = 256;

    private static readonly ParallelOptions EdgesAtOnce = new() { MaxDegreeOfParallelism = 16 };

    /// <summary>The services by their id, as discovery shows them.</summary>
    public async Task<IReadOnlyDictionary<string, ServiceRegistration>> Read()
    {
        var services = new Dictionary<string, ServiceRegistration>(StringComparer.Ordinal);
        var edges = await grains.GetGrain<ITenantGrain>(tenant).GetEdges();
        await Parallel.ForEachAsync(edges, EdgesAtOnce, async (edgeId, _) =>
        {
            var edge = grains.GetGrain<IEdgeGrain>(TenantKey.Of(tenant, edgeId));
            ServicePage page;
            for (var after = ""; ; after = page.Services[^1].ServiceId)
            {
                page = await edge.GetServices(after, Page, CancellationToken.None);
                lock (services)
                {
                    foreach (var service in page.Services)
                    {
                        // Without the part that no change shows: there may be a hundred thousand.
                        services[service.ServiceId] = service with { Device = default };
                    }
                }

                if (!page.More)
                {
                    return;
                }
            }
        });
        return services;
    }

    /// <summary>Those that are not registered any more. One that only moved from edge to edge while the lists were read is no change.</summary>
    public async Task<List<string>> ThatAreGone(IEnumerable<string> serviceIds)
    {
        var gone = new List<string>();
        foreach (var serviceId in serviceIds)
        {
            if ((await grains.GetGrain<IDeviceGrain>(TenantKey.Of(tenant, serviceId)).GetLatest("")).Registration is null)
            {
                gone.Add(serviceId);
            }
        }

        return gone;
    }
}
