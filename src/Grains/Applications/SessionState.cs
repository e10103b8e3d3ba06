namespace Dwapi.Grains.Applications;

/// <summary>What a session grain keeps.</summary>
[GenerateSerializer, Alias("Dwapi.SessionState")]
internal sealed class SessionState
{
    /// <summary>The origin; "" for no session.</summary>
    [Id(0)]
    public string Origin { get; set; } = "";

    /// <summary>The client's own HMAC key.</summary>
    [Id(1)]
    public HmacKey? Key { get; set; }

    /// <summary>Time of the grant.</summary>
    [Id(2)]
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Time of the last use, to the minute.</summary>
    [Id(3)]
    public DateTimeOffset LastUsed { get; set; }

    /// <summary>The name that the application gave.</summary>
    [Id(4)]
    public string ApplicationName { get; set; } = "";

    /// <summary>SHA-256 of the current token; empty before approval.</summary>
    [Id(5)]
    public byte[] TokenHash { get; set; } = [];

    /// <summary>What the token carries.</summary>
    [Id(6)]
    public List<GrantedScope> Scopes { get; set; } = [];

    /// <summary>The monitors.</summary>
    [Id(7)]
    public List<MonitorState> Monitors { get; set; } = [];

    /// <summary>What foreign plug-ins issued, by service; null for none.</summary>
    [Id(8)]
    public Dictionary<string, PluginGrant>? PluginGrants { get; set; }
}
