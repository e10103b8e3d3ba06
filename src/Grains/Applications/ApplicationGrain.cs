using System.Collections.Immutable;
using Dwapi.Gotapi.Errors;
using Dwapi.Grains.Settings;
using Dwapi.Grains.State;
using Dwapi.Grains.Tenants;
using Microsoft.Extensions.Options;

namespace Dwapi.Grains.Applications;

/// <inheritdoc cref="IApplicationGrain" />
internal sealed class ApplicationGrain : Grain, IApplicationGrain
{
    private readonly IPersistentState<ApplicationState> _state;
    private readonly GatheredWrites<ApplicationState> _writes;
    private readonly GotapiOptions _options;
    private readonly TimeProvider _time;
    private readonly OfferedKeys _offered = new();
    private string _tenant = "";
    private string _origin = "";

    public ApplicationGrain(
        [PersistentState("application", StateStorage.Provider)] IPersistentState<ApplicationState> state,
        IOptions<GotapiOptions> options,
        TimeProvider time)
    {
        _state = state;
        _writes = new GatheredWrites<ApplicationState>(state, DeactivateOnIdle);
        _options = options.Value;
        _time = time;
    }

    private Dictionary<string, ClientStatus> Clients => _state.State.Clients;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_tenant, _origin) = TenantKey.Split(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<GrantResult> Grant(GrantRequest request)
    {
        var now = _time.GetUtcNow();
        await RemoveLapsed(now);
        if (_options.OneClientPerOrigin)
        {
            foreach (var clientId in Clients.Keys.ToArray())
                await EndClient(clientId);
        }

        while (Clients.Count >= _options.ClientsPerOrigin)
        {
            if (!await MakeRoom())
                return new GrantResult("", GotapiErrors.Authorization.Code, null);
        }

        var id = AccessToken.NewId();
        var key = _offered.Take(request.RemoteAddress, now);

        // Each index before what it lists: a client that is listed and never began is dropped after 10 min, the reverse would stay for ever.
        await Tenant().NoteApplication(_origin, present: true);
        Clients.Add(id, new ClientStatus(id, _origin, "", Approved: false, Connected: false, now, ClientLifetime.ToMinute(now), [], null));
        await _writes.Write();
        await Session(id).Begin(_origin, key);
        return new GrantResult(id, 0, key);
    }

    /// <inheritdoc />
    public Task OfferKey(string remoteAddress, HmacKey key)
    {
        _offered.Offer(remoteAddress, key, _time.GetUtcNow());
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task SetOriginKey(HmacKey? key)
    {
        // Keys that come outside the web are always used in their decoded form (DECISIONS 7).
        _state.State.OriginKey = key is { Text.Length: > 0 } ? key with { Ascii = false } : null;
        await _writes.Write();
    }

    /// <inheritdoc />
    public ValueTask<HmacKey?> GetOriginKey()
    {
        // Anyone may name any origin: one that has nothing here must not stay in memory for having been asked.
        if (Clients.Count == 0 && _state.State.OriginKey is null && _offered.IsEmpty)
            DeactivateOnIdle();
        return new(_state.State.OriginKey);
    }

    /// <inheritdoc />
    public async Task<ImmutableArray<ClientStatus>> GetClients()
    {
        await RemoveLapsed(_time.GetUtcNow());

        // A silo that was lost told nothing of its sockets, so those that are said to be there are asked.
        ClientStatus[] connected = [.. Clients.Values.Where(client => client.Connected)];
        var live = await Task.WhenAll(connected.Select(client => Session(client.ClientId).IsConnected().AsTask()));
        foreach (var (client, isLive) in connected.Zip(live))
        {
            if (!isLive && Clients.ContainsKey(client.ClientId))
                Clients[client.ClientId] = client with { Connected = false };
        }

        return [.. Clients.Values.OrderBy(client => client.CreatedAt).ThenBy(client => client.ClientId, StringComparer.Ordinal)];
    }

    /// <inheritdoc />
    public Task NoteClient(ClientStatus client)
    {
        if (!Clients.TryGetValue(client.ClientId, out var known) || IsSame(known, client))
            return Task.CompletedTask;
        Clients[client.ClientId] = client;
        return _writes.Write();
    }

    /// <inheritdoc />
    public async Task<bool> Revoke(string clientId)
    {
        if (!Clients.ContainsKey(clientId))
            return false;
        await EndClient(clientId);
        await Removed();
        return true;
    }

    /// <summary>Ends the first client that may go: never approved before approved, then by last use; a session with a live socket refuses.</summary>
    private async Task<bool> MakeRoom()
    {
        foreach (var client in Clients.Values
            .OrderBy(client => client.Connected)
            .ThenBy(client => client.Approved)
            .ThenBy(client => client.LastUsed)
            .ThenBy(client => client.CreatedAt)
            .ToArray())
        {
            if (await Session(client.ClientId).EndIfIdle())
            {
                Clients.Remove(client.ClientId);
                return true;
            }
        }

        return false;
    }

    /// <summary>Drops clients whose time is over; done at each grant and each listing, a session refuses by itself from that time on.</summary>
    private async Task RemoveLapsed(DateTimeOffset now)
    {
        var any = false;
        foreach (var client in Clients.Values.ToArray())
        {
            if (ClientLifetime.End(_options, client.Approved, client.CreatedAt, client.LastUsed) > now)
                continue;
            if (!await Session(client.ClientId).EndIfIdle())
                continue;
            any = true;
            Clients.Remove(client.ClientId);
        }

        if (any)
            await Removed();
        else if (Clients.Count == 0)
            await Tenant().NoteApplication(_origin, present: false);
    }

    private async Task EndClient(string clientId)
    {
        await Session(clientId).End();
        Clients.Remove(clientId);
    }

    private async Task Removed()
    {
        await _writes.Write();
        if (Clients.Count == 0)
            await Tenant().NoteApplication(_origin, present: false);
    }

    private static bool IsSame(ClientStatus a, ClientStatus b) => a.Scopes.SequenceEqual(b.Scopes) && a == b with { Scopes = a.Scopes };

    private ITenantGrain Tenant() => GrainFactory.GetGrain<ITenantGrain>(_tenant);

    private ISessionGrain Session(string clientId) => GrainFactory.GetGrain<ISessionGrain>(TenantKey.Of(_tenant, clientId));
}
