using System.ComponentModel.DataAnnotations;

namespace Dwapi.Grains.Settings;

/// <summary>Settings under <c>Gotapi:</c>, the behaviour towards applications and plug-ins; one place for every default.</summary>
public sealed class GotapiOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Gotapi";

    /// <summary>Name of this server in answers and on the approval page.</summary>
    public string Product { get; set; } = "Dwapi";

    /// <summary>The one-phone rule: a new grant of an origin deletes its other clients. Default false (DECISIONS 1).</summary>
    public bool OneClientPerOrigin { get; set; }

    /// <summary>Clients of one origin. Default 100.</summary>
    [Range(1, 100_000)]
    public int ClientsPerOrigin { get; set; } = 100;

    /// <summary>A grant that was not approved by then is dropped. Default 10 min.</summary>
    public TimeSpan UnapprovedLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A client that was not used for so long is dropped. Default 30 days.</summary>
    public TimeSpan UnusedLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Life of a granted scope. Default 180 days.</summary>
    public TimeSpan ScopeLifetime { get; set; } = TimeSpan.FromDays(180);

    /// <summary>How long a token request waits for a decision before error 7. Default 55 s; known clients give up at 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:58")]
    public TimeSpan ApprovalTimeout { get; set; } = TimeSpan.FromSeconds(55);

    /// <summary>How long a forwarded call waits for the plug-in before error 7. Default 55 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:58")]
    public TimeSpan PluginTimeout { get; set; } = TimeSpan.FromSeconds(55);

    /// <summary>How long service discovery waits for edges; it returns what it has. Default 8 s.</summary>
    public TimeSpan DiscoveryTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long a monitor outlives its socket or waits for the first one. Default 60 s.</summary>
    public TimeSpan MonitorGrace { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a web node may use a session without asking again. At most 2 s (revocation).</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:02")]
    public TimeSpan SessionCacheTime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A one-shot refuses a latest result that is older, error 16. Default off.</summary>
    public TimeSpan? Freshness { get; set; }

    /// <summary>Answers GotAPI errors with HTTP 4xx/5xx instead of 200. Default false: known clients read the JSON only with 200.</summary>
    public bool StrictHttpStatus { get; set; }

    /// <summary>Closes a client's WebSocket after its last monitor was stopped. Default false: known clients do not reopen.</summary>
    public bool CloseSocketAfterLastMonitor { get; set; }

    /// <summary>A second WebSocket of a client replaces the first instead of being refused with error 4. Default false.</summary>
    public bool ReplaceOldSocket { get; set; }

    /// <summary>Accepts the origin "null" (pages from files). Default false.</summary>
    public bool AllowNullOrigin { get; set; }

    /// <summary>Takes the origin from Referer when there is no Origin. Default false.</summary>
    public bool AllowReferer { get; set; }

    /// <summary>Lets X-GotAPI-Origin differ from a web Origin. Default false (18).</summary>
    public bool TrustOriginHeaderOverride { get; set; }

    /// <summary>Origins that may use the server; empty: every origin may ask for approval.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Host names under which the server is reached, beside localhost, loopback and the addresses it listens on.</summary>
    public IList<string> HostNames { get; } = [];

    /// <summary>Policies that approve token requests without asking.</summary>
    public IList<ApprovalPolicy> Approvals { get; } = [];

    /// <summary>Addresses of applications that may connect, single or CIDR; loopback always may. Empty: whoever reaches a listening address.</summary>
    public IList<string> AllowedClients { get; } = [];

    /// <summary>Request line and headers together, bytes. Default 16 KB, then HTTP 413 and error 1 (DECISIONS 8).</summary>
    [Range(1024, 65_536)]
    public int HeaderLimit { get; set; } = 16 * 1024;

    /// <summary>Body of a GotAPI request, bytes. Default 1 MB, then HTTP 413 and error 1.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int BodyLimit { get; set; } = 1024 * 1024;

    /// <summary>Calls of grant and accessToken from one address per minute, then error 17. Default 300.</summary>
    [Range(1, 1_000_000)]
    public int AuthorizationsPerMinute { get; set; } = 300;

    /// <summary>Open GotAPI-5 WebSockets of this node. Default 20,000, then HTTP 503 and error 17.</summary>
    [Range(1, 1_000_000)]
    public int OpenSockets { get; set; } = 20_000;

    /// <summary>Longest frame that an application may send on GotAPI-5, bytes. Default 8 KB, then the socket is closed.</summary>
    [Range(256, 1024 * 1024)]
    public int SocketFrameLimit { get; set; } = 8 * 1024;

    /// <summary>A GotAPI-5 socket without a valid token is closed after it. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Events that wait for one monitor of a slow GotAPI-5 socket; beyond it the oldest is dropped and the next says <c>gap</c>. Default 64.</summary>
    [Range(1, 65_536)]
    public int EventQueue { get; set; } = 64;
}
