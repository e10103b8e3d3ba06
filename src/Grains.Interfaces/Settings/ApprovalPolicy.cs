namespace Dwapi.Grains.Settings;

/// <summary>Approves token requests of some origins for some scopes without asking an operator.</summary>
public sealed class ApprovalPolicy
{
    /// <summary>
    /// Origins, compared exactly; <c>loopback</c> stands for every http(s) origin on localhost, 127.0.0.0/8 or ::1 with any port.
    /// </summary>
    public IList<string> Origins { get; } = [];

    /// <summary>Scopes it may approve; <c>*</c> for every named scope.</summary>
    public IList<string> Scopes { get; } = [];

    /// <summary>Also allows the wildcard scopes <c>all</c> and <c>*</c> (DECISIONS 3). Default false.</summary>
    public bool AllowWildcard { get; set; }
}
