using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;

namespace Dwapi.Grains.Edges;

/// <summary>
/// The online state of services as applications see it (DECISIONS 4): announced online, and the link of its edge up; with several
/// announcers any of them is enough. Answers of other edges are kept for the life of this object, which is one page.
/// </summary>
internal sealed class ServicePresence(IServiceRegistry registry, IGrainFactory grains, string tenant, string edgeId, bool linkUp)
{
    private readonly Dictionary<string, bool> _edges = new() { [edgeId] = linkUp };

    /// <summary>The registration with its present online state.</summary>
    public async Task<ServiceRegistration> Of(RegisteredService service, CancellationToken cancellationToken)
    {
        var registration = service.Registration;
        var online = service.Announcers <= 1
            ? registration.Online && await IsUp(registration.EdgeId)
            : registration.Online && await IsAnyOnline(registration.ServiceId, cancellationToken);
        return online == registration.Online ? registration : registration with { Online = online };
    }

    private async Task<bool> IsAnyOnline(string serviceId, CancellationToken cancellationToken)
    {
        foreach (var announcer in await registry.GetAnnouncers(tenant, serviceId, cancellationToken))
        {
            if (announcer.Online && await IsUp(announcer.EdgeId))
                return true;
        }

        return false;
    }

    private async ValueTask<bool> IsUp(string edge)
    {
        if (!_edges.TryGetValue(edge, out var up))
            _edges[edge] = up = (await grains.GetGrain<IEdgeGrain>(TenantKey.Of(tenant, edge)).GetStatus()).Connected;
        return up;
    }
}
