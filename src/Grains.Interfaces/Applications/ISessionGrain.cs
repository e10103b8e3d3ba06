using Orleans.Concurrency;

namespace Dwapi.Grains.Applications;

/// <summary>
/// One client (an application session), key <c>tenant/clientId</c>: origin, scopes, hash of its token, HMAC key, socket and monitors.
/// The token is <c>clientId.secret</c>; only its hash is kept.
/// </summary>
[Alias("Dwapi.ISessionGrain")]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>Begins the session; called once by the application grain.</summary>
    [Alias("Begin")]
    Task Begin(string origin, HmacKey? key);

    /// <summary>The session as web nodes check it; they keep it for at most 2 s. Null when there is no such client (error 15, or 11 at accessToken).</summary>
    [AlwaysInterleave]
    [Alias("GetSession")]
    ValueTask<SessionSnapshot?> GetSession();

    /// <summary>
    /// Asks for a token and waits for the decision of a policy or an operator, 55 s at most (then error 7). A new token replaces the
    /// client's old one. Cancellation withdraws the pending approval (DECISIONS 9).
    /// </summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:01:00")]
    [Alias("RequestAccess")]
    Task<AccessResult> RequestAccess(AccessRequest request, CancellationToken cancellationToken);

    /// <summary>The pending approval of this client, once an operator can see it; or null.</summary>
    [AlwaysInterleave]
    [Alias("GetPendingApproval")]
    ValueTask<PendingApproval?> GetPendingApproval();

    /// <summary>Decides the pending approval.</summary>
    /// <returns>False when it is no longer pending.</returns>
    [AlwaysInterleave]
    [Alias("Decide")]
    Task<bool> Decide(string approvalId, bool approve);

    /// <summary>Notes that the session was used; web nodes call it at most once a minute.</summary>
    [OneWay]
    [Alias("Touch")]
    Task Touch();

    /// <summary>Starts or replaces a monitor; durable when it returns (DECISIONS 2).</summary>
    [Alias("StartMonitor")]
    Task StartMonitor(SessionMonitor monitor);

    /// <summary>Stops a monitor.</summary>
    /// <returns>The number of monitors left, or -1 when there was no such monitor.</returns>
    [Alias("StopMonitor")]
    Task<int> StopMonitor(MonitorKey key);

    /// <summary>Stops every monitor (DELETE system/events).</summary>
    [Alias("StopAllMonitors")]
    Task StopAllMonitors();

    /// <summary>Makes a web node's socket the client's socket, after the node checked the token.</summary>
    /// <returns>Refused with WebSocket error 4 while another live socket is there; else the monitors, each with where to resume.</returns>
    [Alias("Attach")]
    Task<AttachResult> Attach(ISessionSocket socket, string socketId);

    /// <summary>Told by the web node while the socket lives, every 5 s; a socket that was silent for 15 s is dead.</summary>
    /// <returns>
    /// False when it is not (or, after a restart of the silo, no longer) the client's socket: the node attaches it again, and closes it
    /// when that is refused.
    /// </returns>
    [Alias("RenewSocket")]
    Task<bool> RenewSocket(string socketId);

    /// <summary>Told by the silo when nothing was heard of a socket for 15 s: it is taken for gone, unless it was renewed meanwhile.</summary>
    [Alias("SocketSilent")]
    Task SocketSilent(string socketId);

    /// <summary>Whether the client has a live socket now.</summary>
    [AlwaysInterleave]
    [Alias("IsConnected")]
    ValueTask<bool> IsConnected();

    /// <summary>The socket is gone; monitors stay for 60 s and resume after the last event handed to it.</summary>
    [Alias("Detach")]
    Task Detach(string socketId, System.Collections.Immutable.ImmutableArray<MonitorPosition> handed);

    /// <summary>The plug-in's grant for this client and service (createClient, requestAccessToken), or null.</summary>
    [Alias("GetPluginGrant")]
    ValueTask<PluginGrant?> GetPluginGrant(string serviceId);

    /// <summary>Keeps or, with null, forgets the plug-in's grant.</summary>
    [Alias("SetPluginGrant")]
    Task SetPluginGrant(string serviceId, PluginGrant? grant);

    /// <summary>
    /// Ends the session: token void, monitors gone, socket closed, state removed. Called by the application grain, which keeps the index;
    /// everybody else calls <see cref="IApplicationGrain.Revoke"/>.
    /// </summary>
    [Alias("End")]
    Task End();

    /// <summary>Ends the session unless it has a live socket; called by the application grain to make room (DECISIONS 1).</summary>
    /// <returns>False when there is a live socket.</returns>
    [Alias("EndIfIdle")]
    Task<bool> EndIfIdle();
}
