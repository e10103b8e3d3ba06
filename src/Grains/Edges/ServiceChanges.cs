using System.Collections.Immutable;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Printing;
using Microsoft.Extensions.Logging;

namespace Dwapi.Grains.Edges;

/// <summary>
/// Tells devices what an edge announced, and the tenant's <see cref="IServiceChangesGrain"/> what that, or a link that came or went, means
/// for each of its services.
/// <para>
/// Changes wait here in their order until they were taken: a call whose outcome is not known is repeated, and what came with it the first
/// time is passed over by its position. A link's change is one change per service, read from the registry page by page; the walk does not
/// hold up the grain, and a newer change of the link ends it and starts over.
/// </para>
/// </summary>
internal sealed class ServiceChanges(
    IServiceRegistry registry, IGrainFactory grains, ILogger logger, string tenant, string edgeId)
{
    private const int PageSize = 256;
    private const int Parallel = 64;

    private readonly Dictionary<string, ServiceRegistration?> _untold = [];
    private readonly Queue<ServiceChange> _undelivered = [];
    private readonly string _run = Guid.NewGuid().ToString("N");
    private Task _delivery = Task.CompletedTask;
    private long _delivered;
    private readonly HashSet<string> _newer = [];
    private int _walk;
    private bool _publishing;

    /// <summary>Whether <see cref="TellAgain"/> has work.</summary>
    public bool HasUntold => _untold.Count > 0 || _undelivered.Count > 0;

    /// <summary>Tells each device grain its registration, at most 64 at a time. One that fails is told again by <see cref="TellAgain"/>.</summary>
    public async Task Tell(ImmutableArray<RegistryChange> changes)
    {
        foreach (var chunk in changes.Chunk(Parallel))
            await Task.WhenAll(chunk.Select(change => Tell(change.ServiceId, change.Now)));
    }

    /// <summary>Tells those that could not be told.</summary>
    public async Task TellAgain()
    {
        _ = Deliver();
        foreach (var (serviceId, registration) in _untold.Take(Parallel).ToArray())
            await Tell(serviceId, registration);
    }

    /// <summary>Publishes announced changes; does not wait until they are delivered.</summary>
    public async Task Publish(ImmutableArray<RegistryChange> changes, bool linkUp)
    {
        var presence = new ServicePresence(registry, grains, tenant, edgeId, linkUp);
        _newer.UnionWith(changes.Select(change => change.ServiceId));
        try
        {
            foreach (var change in changes)
            {
                TellPrinter(change.Now);
                // The number of announcers is not in a change; 2 asks the registry, which is right for any number.
                if (change.Now is { } now)
                    _undelivered.Enqueue(new ServiceChange(await presence.Of(new RegisteredService(now, 2), CancellationToken.None), Present: true));
                else if (change.Before is { } before)
                    _undelivered.Enqueue(new ServiceChange(before with { Online = false }, Present: false));
            }
        }
        catch (Exception exception)
        {
            Log.ServiceChangesNotPublished(logger, exception, edgeId);
        }

        _ = Deliver();
    }

    /// <summary>
    /// Publishes every service that the edge announces with its new state after its link came or went: its own ones, then those that another
    /// edge announced later, which may have been online by this link only. Printers are told too.
    /// </summary>
    /// <param name="linkUp">Whether the link is up.</param>
    /// <param name="changed">False when a link took the place of another, so that no state changed; printers are told all the same.</param>
    public async Task PublishAll(bool linkUp, bool changed = true)
    {
        var walk = ++_walk;
        _newer.Clear();

        // What a walk that this one ends had still to publish is this one's work.
        changed |= _publishing;
        _publishing = changed;
        try
        {
            for (var after = ""; ;)
            {
                var page = await registry.GetPage(tenant, edgeId, after, PageSize, CancellationToken.None);
                if (!await Publish(walk, page, linkUp, changed))
                    return;
                if (page.Length < PageSize)
                    break;
                after = page[^1].Registration.ServiceId;
            }

            for (var after = ""; changed;)
            {
                var ids = await registry.GetShared(tenant, edgeId, after, PageSize, CancellationToken.None);
                var page = ImmutableArray.CreateBuilder<RegisteredService>(ids.Length);
                foreach (var id in ids)
                {
                    // 2 asks the registry, which is right for any number.
                    if (await registry.Find(tenant, id, CancellationToken.None) is { } found)
                        page.Add(new RegisteredService(found, 2));
                }

                if (!await Publish(walk, page.DrainToImmutable(), linkUp, changed))
                    return;
                if (ids.Length < PageSize)
                    break;
                after = ids[^1];
            }

            _publishing = false;
        }
        catch (Exception exception)
        {
            Log.ServiceChangesNotPublished(logger, exception, edgeId);
        }
    }

    // False when a newer walk has begun.
    private async Task<bool> Publish(int walk, ImmutableArray<RegisteredService> page, bool linkUp, bool changed)
    {
        var presence = new ServicePresence(registry, grains, tenant, edgeId, linkUp);
        foreach (var service in page)
        {
            TellPrinter(service.Registration);

            // A service that was announced offline stays offline whatever the link does.
            if (!changed || !service.Registration.Online)
                continue;
            var now = await presence.Of(service, CancellationToken.None);
            if (walk != _walk)
                return false;

            // What was announced since the page was read is published already, or about to be, and is newer.
            if (!_newer.Contains(now.ServiceId))
                _undelivered.Enqueue(new ServiceChange(now, Present: true));
        }

        await Deliver();
        return walk == _walk;
    }

    private void TellPrinter(ServiceRegistration? service)
    {
        if (service?.Profiles.Any(profile => profile.Profile == PrintingProfile.Name) is true)
            _ = TellQuietly();

        async Task TellQuietly()
        {
            try
            {
                await grains.GetGrain<IPrinterGrain>(TenantKey.Of(tenant, service.ServiceId)).LinkChanged();
            }
            catch (Exception exception)
            {
                Log.ServiceChangesNotPublished(logger, exception, edgeId);
            }
        }
    }

    /// <summary>Delivers what waits; what fails stays, and is tried again with the next change or by <see cref="TellAgain"/>.</summary>
    public Task Deliver() => _delivery.IsCompleted ? _delivery = DeliverWaiting() : _delivery;

    private async Task DeliverWaiting()
    {
        try
        {
            while (_undelivered.Count > 0)
            {
                ImmutableArray<ServiceChange> page = [.. _undelivered.Take(PageSize)];
                await grains.GetGrain<IServiceChangesGrain>(tenant).Publish(edgeId, _run, _delivered + 1, page);
                _delivered += page.Length;
                for (var i = 0; i < page.Length; i++)
                    _undelivered.Dequeue();
            }
        }
        catch (Exception exception)
        {
            Log.ServiceChangesNotPublished(logger, exception, edgeId);
        }
    }

    private async Task Tell(string serviceId, ServiceRegistration? registration)
    {
        try
        {
            await grains.GetGrain<IDeviceGrain>(TenantKey.Of(tenant, serviceId)).Announced(registration);
            _untold.Remove(serviceId);
        }
        catch (Exception exception)
        {
            // The registry has it already, so repeating the announcement would find nothing changed: it is remembered here.
            _untold[serviceId] = registration;
            Log.AnnouncementNotTold(logger, exception, serviceId);
        }
    }
}
