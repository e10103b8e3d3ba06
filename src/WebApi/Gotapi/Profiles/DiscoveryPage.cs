using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Tenants;
using Dwapi.WebApi.Tenants;
using Microsoft.Extensions.Logging;

namespace Dwapi.WebApi.Gotapi.Profiles;

/// <summary>
/// One page of discovery: asks the tenant's edges in their order, several at a time, and no more of them than the page needs. An edge
/// that does not answer is passed over at the end of the wait, without holding up those behind it.
/// </summary>
internal sealed class DiscoveryPage(IGrainFactory grains, Tenant tenant, TimeProvider time, ILogger logger)
{
    // Few at first, because the first may fill the page alone; more when edges turn out to be small.
    private const int FewestAtOnce = 4;
    private const int MostAtOnce = 32;

    private readonly List<Task<ServicePage?>> _asked = [];

    /// <summary>The services above a cursor, ordered by edge and service, and whether there are more.</summary>
    public async Task<(List<ServiceRegistration> Services, bool More)> Collect(
        DiscoveryCursor cursor, int limit, TimeSpan wait, CancellationToken aborted)
    {
        using var deadline = new CancellationTokenSource(wait, time);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, aborted);
        var unasked = await Ask(cursor, limit, cancellation.Token);
        var (services, more) = await Merge(limit);
        aborted.ThrowIfCancellationRequested();
        return (services, (more || unasked) && services.Count > 0);
    }

    /// <summary>Asks until the answers fill the page.</summary>
    /// <returns>True when edges were left unasked.</returns>
    private async Task<bool> Ask(DiscoveryCursor cursor, int limit, CancellationToken cancellationToken)
    {
        var edges = await grains.GetGrain<ITenantGrain>(tenant.Name).GetEdges();
        var next = edges.AsSpan().BinarySearch(cursor.EdgeId ?? "", StringComparer.Ordinal) is var found && found < 0 ? ~found : found;
        var underWay = new List<Task<ServicePage?>>();
        var collected = 0;
        var atOnce = FewestAtOnce;
        while (next < edges.Length && collected <= limit && !cancellationToken.IsCancellationRequested)
        {
            while (underWay.Count < atOnce && next < edges.Length)
            {
                var edgeId = edges[next++];
                var asking = AskEdge(edgeId, edgeId == cursor.EdgeId ? cursor.ServiceId : "", Math.Min(limit, limit + 1 - collected), cancellationToken);
                _asked.Add(asking);
                underWay.Add(asking);
            }

            var answered = await Task.WhenAny(underWay);
            underWay.Remove(answered);
            if (await answered is { } page)
            {
                // One above the limit says that there are more.
                collected += page.Services.Length + (page.More ? 1 : 0);
            }

            atOnce = Math.Min(MostAtOnce, atOnce + 1);
        }

        return next < edges.Length;
    }

    private async Task<(List<ServiceRegistration> Services, bool More)> Merge(int limit)
    {
        var services = new List<ServiceRegistration>();
        for (var i = 0; i < _asked.Count; i++)
        {
            if (services.Count == limit)
            {
                // A full page waits for nobody: an edge that has not answered yet may have some.
                return (services, _asked.Skip(i).Any(asked => !asked.IsCompletedSuccessfully || asked.Result is { Services.Length: > 0 }));
            }

            if (await _asked[i] is not { } page)
            {
                continue;
            }

            var room = limit - services.Count;
            services.AddRange(page.Services.AsSpan(0, Math.Min(room, page.Services.Length)));
            if (page.More || page.Services.Length > room)
            {
                // What follows belongs behind the rest of this edge: the next page begins here.
                return (services, true);
            }
        }

        return (services, false);
    }

    // Null when the edge did not answer in time: discovery returns what it has.
    private async Task<ServicePage?> AskEdge(string edgeId, string after, int limit, CancellationToken cancellationToken)
    {
        try
        {
            return await grains.GetGrain<IEdgeGrain>(tenant.KeyOf(edgeId)).GetServices(after, limit, cancellationToken).WaitAsync(cancellationToken);
        }
        catch (Exception fault)
        {
            if (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                Log.EdgeSilent(logger, edgeId, fault);
            }

            return null;
        }
    }
}
