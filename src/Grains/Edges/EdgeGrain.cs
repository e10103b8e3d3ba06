using System.Collections.Immutable;
using System.Security.Cryptography;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Quotas;
using Dwapi.Grains.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dwapi.Grains.Edges;

/// <inheritdoc cref="IEdgeGrain" />
internal sealed class EdgeGrain(
    [PersistentState("edge", StateStorage.Provider)] IPersistentState<EdgeState> state,
    IMeasurementStore store,
    IServiceRegistry registry,
    HoldingsByTenant holdings,
    IOptions<GotapiOptions> options,
    TimeProvider time,
    IHostApplicationLifetime host,
    ILogger<EdgeGrain> logger) : Grain, IEdgeGrain
{
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromSeconds(5);

    private const string PrinterIsTaken =
        "Another connected edge has this printer. Take it out of the configuration of one of them; this edge gets it when it connects while the other one is away.";

    private string _tenant = "";
    private string _edgeId = "";
    private ServiceChanges _changes = null!;
    private LiveLink? _link;
    private (long Lost, long Dropped) _missing;
    private IGrainTimer? _watch;

    private bool Enrolled => state.State.KeyHash.Length > 0;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_tenant, _edgeId) = TenantKey.Split(this.GetPrimaryKeyString());
        _changes = new ServiceChanges(registry, GrainFactory, logger, _tenant, _edgeId);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _changes.Deliver().WaitAsync(cancellationToken);

    /// <inheritdoc />
    public async Task Enrol(string name, ReadOnlyMemory<byte> keyHash)
    {
        state.State.Name = name;
        state.State.KeyHash = keyHash.ToArray();
        state.State.Enabled = true;
        await state.WriteStateAsync();
        await LinkDown(GotapiErrors.NotFoundClientId, "The edge has a new key.");
    }

    /// <inheritdoc />
    public async Task Remove()
    {
        // First the key, so that the edge cannot announce again meanwhile.
        await state.ClearStateAsync();
        state.State = new EdgeState();
        await LinkDown(GotapiErrors.NotFoundClientId, "The edge was removed.");
        await Changed(await registry.Announce(_tenant, _edgeId, [], [], complete: true, CancellationToken.None));
        DeactivateOnIdle();
    }

    /// <inheritdoc />
    public async Task SetEnabled(bool enabled)
    {
        if (!Enrolled || state.State.Enabled == enabled)
            return;
        state.State.Enabled = enabled;
        await state.WriteStateAsync();
        if (!enabled)
            await LinkDown(GotapiErrors.PluginDisabled, "The edge was switched off.");
    }

    /// <inheritdoc />
    public async Task<ConnectResult> Connect(EdgeHello hello, IEdgeLink link, string linkId)
    {
        if (!Enrolled)
        {
            // A made-up id costs no memory.
            DeactivateOnIdle();
            return Refused(GotapiErrors.NotFoundClientId, "there is no such edge");
        }

        if (!CryptographicOperations.FixedTimeEquals(state.State.KeyHash, hello.KeyHash.Span))
            return Refused(GotapiErrors.NotFoundClientId, "its key is not the edge's");
        if (!state.State.Enabled)
            return Refused(GotapiErrors.PluginDisabled, "it is switched off");

        await store.PrunePositions(_tenant, _edgeId, hello.Epoch, hello.Acknowledged, CancellationToken.None);
        var committed = await store.GetPositions(_tenant, _edgeId, hello.Epoch, hello.Acknowledged, CancellationToken.None);

        var now = time.GetUtcNow();
        state.State.Name = hello.Name.Length > 0 ? hello.Name : state.State.Name;
        state.State.Product = hello.Product;
        state.State.Version = hello.Version;
        state.State.LastSeen = now;
        await state.WriteStateAsync();

        var wasUp = _link is not null;
        if (_link is { } old && old.LinkId != linkId)
            Close(old, GotapiErrors.PluginSuspended, "The edge connected again.");
        _link = new LiveLink(link, linkId, time);

        // An edge that has begun anew counts from zero.
        _missing = default;
        _watch ??= this.RegisterGrainTimer(Watch, new() { DueTime = WatchPeriod, Period = WatchPeriod });
        Log.LinkUp(logger, _edgeId);
        _ = _changes.PublishAll(linkUp: true, changed: !wasUp);
        return new ConnectResult(0, committed);
    }

    /// <inheritdoc />
    public Task<bool> Renew(string linkId)
    {
        if (_link is null || _link.LinkId != linkId)
            return Task.FromResult(false);
        _link.Renew();
        return Task.FromResult(true);
    }

    /// <inheritdoc />
    public Task Disconnect(string linkId) =>
        _link?.LinkId == linkId ? LinkDown(null, "its socket was closed") : Task.CompletedTask;

    /// <inheritdoc />
    public async Task<AnnounceResult> Announce(
        string linkId, ImmutableArray<ServiceRegistration> services, ImmutableArray<string> removed, bool complete)
    {
        if (_link?.LinkId != linkId)
            return AnnounceResult.Of([]);
        var refused = await Refusals(services);
        ImmutableArray<ServiceRegistration> own =
            [.. services.ExceptBy(refused.Select(service => service.ServiceId), service => service.ServiceId).Select(service => service with { EdgeId = _edgeId })];
        await Changed(await registry.Announce(_tenant, _edgeId, own, removed, complete, CancellationToken.None));
        return AnnounceResult.Of(refused);
    }

    /// <inheritdoc />
    public Task NoteMissing(string linkId, long lost, long dropped)
    {
        if (_link?.LinkId == linkId)
            _missing = (lost, dropped);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Prune(string epoch, long acknowledged) =>
        store.PrunePositions(_tenant, _edgeId, epoch, acknowledged, CancellationToken.None);

    /// <inheritdoc />
    public async Task<PluginAnswer> Call(PluginCall call, CancellationToken cancellationToken)
    {
        if (Enrolled && !state.State.Enabled)
            return Answer(GotapiErrors.PluginDisabled);
        if (_link is not { } link || !link.IsLive)
            return Answer(GotapiErrors.PluginSuspended);
        try
        {
            // A server that stops does not wait for plug-ins.
            await using var stop = host.ApplicationStopping.UnsafeRegister(static waiting => ((LiveLink)waiting!).GiveUp(), link);
            var answer = link.Observer.Call(call);
            await Task.WhenAny(answer, link.Down).WaitAsync(options.Value.PluginTimeout, time, cancellationToken);
            return answer.IsCompleted ? await answer : Answer(GotapiErrors.PluginSuspended);
        }
        catch (TimeoutException)
        {
            return Answer(GotapiErrors.Timeout);
        }
        catch (OperationCanceledException) when (host.ApplicationStopping.IsCancellationRequested)
        {
            // A server that stops cancels what waits in it too, which may be quicker than giving the link up.
            return Answer(GotapiErrors.PluginSuspended);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // The node is gone, or it could not write to the socket: for the application both mean that the plug-in is not connected.
            Log.CallNotDelivered(logger, exception, _edgeId);
            return Answer(GotapiErrors.PluginSuspended);
        }
    }

    /// <inheritdoc />
    public async Task<ServicePage> GetServices(string after, int limit, CancellationToken cancellationToken)
    {
        limit = Math.Max(1, limit);
        var page = await registry.GetPage(_tenant, _edgeId, after, limit + 1, cancellationToken);
        var presence = new ServicePresence(registry, GrainFactory, _tenant, _edgeId, IsConnected());
        var services = ImmutableArray.CreateBuilder<ServiceRegistration>(Math.Min(page.Length, limit));
        foreach (var service in page.Take(limit))
            services.Add(await presence.Of(service, cancellationToken));
        return new ServicePage(services.DrainToImmutable(), page.Length > limit);
    }

    /// <inheritdoc />
    public ValueTask<EdgeStatus> GetStatus() => new(new EdgeStatus(
        _edgeId,
        state.State.Name,
        Enrolled,
        state.State.Enabled,
        IsConnected(),
        state.State.Product,
        state.State.Version,
        _link?.Renewed ?? state.State.LastSeen,
        _missing.Lost,
        _missing.Dropped));

    /// <summary>Those of the announced services that are not taken, with the reason of each.</summary>
    private async Task<ImmutableArray<RefusedService>> Refusals(ImmutableArray<ServiceRegistration> services)
    {
        var held = holdings.Of(_tenant) is { LimitsDevices: true } limited ? limited : null;
        var refused = ImmutableArray.CreateBuilder<RefusedService>();
        List<string> added = [];
        foreach (var service in services)
        {
            var known = held is not null || IsPrinter(service) ? await registry.Find(_tenant, service.ServiceId, CancellationToken.None) : null;
            if (known is null)
                added.Add(service.ServiceId);
            else if (known.EdgeId != _edgeId && IsPrinter(service) && await IsConnected(known.EdgeId))
                refused.Add(new RefusedService(service.ServiceId, GotapiErrors.Authorization.Code, PrinterIsTaken));
        }

        if (held is null || added.Count == 0)
            return refused.DrainToImmutable();
        var room = (int)Math.Min(added.Count, await held.RoomForDevices());
        held.AddDevices(room);
        refused.AddRange(added.Skip(room).Select(service => new RefusedService(service, GotapiErrors.IllegalServerState.Code, held.DeviceReason)));
        return refused.DrainToImmutable();
    }

    private async Task<bool> IsConnected(string edgeId) =>
        (await GrainFactory.GetGrain<IEdgeGrain>(TenantKey.Of(_tenant, edgeId)).GetStatus()).Connected;

    private static bool IsPrinter(ServiceRegistration service) => service.Profiles.Any(profile => profile.Profile == PrintingProfile.Name);

    private bool IsConnected() => _link?.IsLive ?? false;

    private async Task Watch(CancellationToken cancellationToken)
    {
        await _changes.TellAgain();
        if (_link is { } link && !link.IsLive)
            await LinkDown(GotapiErrors.PluginSuspended, "its node was silent");
        if (_link is null && !_changes.HasUntold)
        {
            _watch?.Dispose();
            _watch = null;
        }
    }

    private async Task LinkDown(GotapiError? tell, string reason)
    {
        if (_link is not { } link)
            return;
        _link = null;
        if (tell is not null)
            Close(link, tell, reason);
        link.GiveUp();
        Log.LinkDown(logger, _edgeId, reason);
        _ = _changes.PublishAll(linkUp: false);
        if (Enrolled)
        {
            state.State.LastSeen = link.Renewed;
            await state.WriteStateAsync();
        }
    }

    private async Task Changed(ImmutableArray<RegistryChange> changes)
    {
        await _changes.Tell(changes);
        await _changes.Publish(changes, IsConnected());
    }

    /// <summary>Nobody waits for it: the node may be gone.</summary>
    private void Close(LiveLink link, GotapiError error, string reason)
    {
        link.GiveUp();
        _ = CloseQuietly();

        async Task CloseQuietly()
        {
            try
            {
                await link.Observer.Close(error.Code, reason);
            }
            catch (Exception exception)
            {
                Log.SocketNotTold(logger, exception);
            }
        }
    }

    private ConnectResult Refused(GotapiError error, string reason)
    {
        Log.LinkRefused(logger, _edgeId, error.Code, reason);
        return new ConnectResult(error.Code, []);
    }

    private static PluginAnswer Answer(GotapiError error) => new(error.Code, error.Message, "", "", default);
}
