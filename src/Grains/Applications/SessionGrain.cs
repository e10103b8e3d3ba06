using Dwapi.Grains.Settings;
using Dwapi.Grains.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dwapi.Grains.Applications;

/// <inheritdoc cref="ISessionGrain" />
internal sealed partial class SessionGrain : Grain, ISessionGrain
{
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);

    private readonly IPersistentState<SessionState> _state;
    private readonly GatheredWrites<SessionState> _writes;
    private readonly GotapiOptions _options;
    private readonly TenancyOptions _tenancy;
    private readonly TimeProvider _time;
    private readonly SocketWatch _watch;
    private readonly CancellationToken _stopping;
    private readonly ILogger _logger;
    private string _tenant = "";
    private string _clientId = "";
    private ApprovalPolicies _policies = null!;
    private SessionMonitors _monitors = null!;
    private SessionSnapshot? _snapshot;
    private LiveSocket? _socket;
    private IGrainTimer? _grace;
    private bool _ended;

    public SessionGrain(
        [PersistentState("session", StateStorage.Provider)] IPersistentState<SessionState> state,
        IOptions<GotapiOptions> options,
        IOptions<TenancyOptions> tenancy,
        TimeProvider time,
        SocketWatch watch,
        IHostApplicationLifetime host,
        ILogger<SessionGrain> logger)
    {
        _state = state;
        _writes = new GatheredWrites<SessionState>(state, DeactivateOnIdle);
        _options = options.Value;
        _tenancy = tenancy.Value;
        _time = time;
        _watch = watch;
        _stopping = host.ApplicationStopping;
        _logger = logger;
    }

    private SessionState Kept => _state.State;

    private bool IsApproved => Kept.TokenHash.Length > 0;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_tenant, _clientId) = TenantKey.Split(this.GetPrimaryKeyString());
        _policies = ApprovalPolicies.Of(_tenant, _tenancy, _options);
        _monitors = new SessionMonitors(Kept.Monitors, _options.MonitorGrace);

        // A socket does not survive the activation that knew it; its node attaches it again with its next renewal.
        _monitors.Detached(_time.GetUtcNow());
        WatchMonitors();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        SetSocket(null);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Begin(string origin, HmacKey? key)
    {
        var now = _time.GetUtcNow();
        Kept.Origin = origin;
        Kept.Key = key;
        Kept.CreatedAt = now;
        Kept.LastUsed = ClientLifetime.ToMinute(now);
        _snapshot = null;
        return _writes.Write();
    }

    /// <inheritdoc />
    public ValueTask<SessionSnapshot?> GetSession()
    {
        if (!IsOver(_time.GetUtcNow()))
            return new(_snapshot ??= new SessionSnapshot(Kept.Origin, Kept.TokenHash, [.. Kept.Scopes], Kept.Key));

        // Tokens and clientIds are guessed by whoever likes to: one that names no client leaves memory at once, so that guesses cost nothing.
        if (Kept.Origin.Length == 0)
            DeactivateOnIdle();
        return default;
    }

    /// <inheritdoc />
    public async Task Touch()
    {
        var now = _time.GetUtcNow();
        if (IsOver(now) || !Use(now))
            return;
        await _writes.Write();
        await NoteClient();
    }

    /// <inheritdoc />
    public ValueTask<PluginGrant?> GetPluginGrant(string serviceId) => new(Kept.PluginGrants?.GetValueOrDefault(serviceId));

    /// <inheritdoc />
    public Task SetPluginGrant(string serviceId, PluginGrant? grant)
    {
        if (IsOver(_time.GetUtcNow()))
            return Task.CompletedTask;
        if (grant is null)
            Kept.PluginGrants?.Remove(serviceId);
        else
            (Kept.PluginGrants ??= [])[serviceId] = grant;
        return _writes.Write();
    }

    /// <inheritdoc />
    public async Task End()
    {
        _ended = true;
        _pending?.Decide(AccessDecision.Ended);
        CloseSocket("The session has ended.");
        await _writes.Clear();
        DeactivateOnIdle();
    }

    /// <inheritdoc />
    public async Task<bool> EndIfIdle()
    {
        if (IsSocketLive)
            return false;
        await End();
        return true;
    }

    /// <summary>True when there is no such client, or its time is over (DECISIONS 1).</summary>
    private bool IsOver(DateTimeOffset now) =>
        _ended
        || Kept.Origin.Length == 0
        || (ClientLifetime.End(_options, IsApproved, Kept.CreatedAt, Kept.LastUsed) <= now && !IsSocketLive);

    /// <summary>Notes a use; false within the same minute, in which nothing needs to be written.</summary>
    private bool Use(DateTimeOffset now)
    {
        var minute = ClientLifetime.ToMinute(now);
        if (minute <= Kept.LastUsed)
            return false;
        Kept.LastUsed = minute;
        return true;
    }

    private Task NoteClient() => _ended
        ? Task.CompletedTask
        : GrainFactory.GetGrain<IApplicationGrain>(TenantKey.Of(_tenant, Kept.Origin)).NoteClient(new ClientStatus(
            _clientId,
            Kept.Origin,
            Kept.ApplicationName,
            IsApproved,
            IsSocketLive,
            Kept.CreatedAt,
            Kept.LastUsed,
            [.. Kept.Scopes.Select(scope => scope.Scope)],
            Kept.Scopes.Count > 0 ? Kept.Scopes.Min(scope => scope.Expires) : null));
}
