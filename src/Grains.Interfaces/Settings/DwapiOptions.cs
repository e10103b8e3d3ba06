using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dwapi.Grains.Settings;

/// <summary>Settings under <c>Dwapi:</c>, what this process is and where its data lies; one place for every default.</summary>
public sealed class DwapiOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Dwapi";

    /// <summary>
    /// Everything durable lies here. Default: LocalApplicationData/dwapi; in Development <c>.data</c> under the content root (DECISIONS 40).
    /// </summary>
    public string DataDirectory { get; set; } = "";

    /// <summary>Comma-separated: <c>silo</c> (grains and store), <c>web</c> (GotAPI-1/2/4/5, management, console). Default both.</summary>
    [Required]
    [RegularExpression("^(silo|web|silo,web|web,silo)$", ErrorMessage = "Dwapi:Roles is 'silo', 'web' or 'silo,web'.")]
    public string Roles { get; set; } = "silo,web";

    /// <summary>How this process is one of a cluster; see there.</summary>
    [ValidateObjectMembers]
    public ClusterSettings Cluster { get; } = new();

    /// <summary>Runs an in-process edge with simulated devices. Default: true in Development, else false.</summary>
    public bool? Demo { get; set; }

    /// <summary>
    /// Serves plain HTTP to addresses other than loopback because a proxy in front ends TLS. Default false: health data does not leave
    /// loopback in clear text (DECISIONS 31).
    /// </summary>
    public bool ClearTextBehindProxy { get; set; }

    /// <summary>Addresses of proxies whose forwarded headers count.</summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>
    /// Where measurements, services and the state of grains are kept: <c>sqlite</c> (in <see cref="DataDirectory"/>), <c>postgres</c> (the database of
    /// <c>ConnectionStrings:Dwapi</c>), or <c>memory</c> for benchmarks and tests only. Default: postgres when there is that connection
    /// string, else sqlite.
    /// </summary>
    [RegularExpression("^(sqlite|postgres|memory)$", ErrorMessage = "Dwapi:Store is 'sqlite', 'postgres' or 'memory'.")]
    public string Store { get; set; } = "";

    /// <summary>PFX or PEM certificate for TLS, or a .crt file with its .key beside it; empty: a self-made one in the data directory.</summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>Password of <see cref="CertificatePath"/> when it has one.</summary>
    public string CertificatePassword { get; set; } = "";

    /// <summary>
    /// File with the admin token, such as a mounted secret, so that all web nodes share it. It must be there. Empty (default): <c>admin.token</c>
    /// in the data directory, made when it is missing.
    /// </summary>
    public string AdminTokenPath { get; set; } = "";

    /// <summary>
    /// What the server's uuid and keyword are made of; the same for all web nodes of a cluster, or a person would read another keyword at
    /// each. Default: the machine's name.
    /// </summary>
    [Required]
    public string ServerId { get; set; } = Environment.MachineName;

    /// <summary>
    /// How long a process that stops goes on answering requests, so that balancers see that it is not ready. Default 0; behind balancers
    /// their probe period and some seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainDelay { get; set; }

    /// <summary>
    /// WebSockets and plug-in links that a process which stops closes in a second, in waves, so that their clients do not come back all at
    /// once. Default 200; more when they would take longer than half of what is left of <see cref="DrainTimeout"/>.
    /// </summary>
    [Range(1, 1_000_000)]
    public int DrainRate { get; set; } = 200;

    /// <summary>The whole stop, <see cref="DrainDelay"/> included; what is not done by then is cut off. Default 25 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(25);
}
