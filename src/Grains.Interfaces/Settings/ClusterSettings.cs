using System.ComponentModel.DataAnnotations;

namespace Dwapi.Grains.Settings;

/// <summary>
/// Settings under <c>Dwapi:Cluster:</c>, of a process among others; one place for every default. They matter only in the Orleans build
/// with a connection string named <see cref="ConnectionString"/>.
/// </summary>
public sealed class ClusterSettings
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = $"{DwapiOptions.Section}:{nameof(DwapiOptions.Cluster)}";

    /// <summary>Name of the connection string of the PostgreSQL database that the processes of a cluster share.</summary>
    public const string ConnectionString = "Dwapi";

    /// <summary>Processes with the same id and database find each other. Default <c>dwapi</c>.</summary>
    [Required]
    [StringLength(150)]
    public string ClusterId { get; set; } = "dwapi";

    /// <summary>
    /// Whose reminders and subscriptions they are; stays the same when a cluster is replaced by one of another id. Default <c>dwapi</c>.
    /// </summary>
    [Required]
    [StringLength(150)]
    public string ServiceId { get; set; } = "dwapi";

    /// <summary>Port on which a silo hears other silos. Default 11111.</summary>
    [Range(1, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>Port on which a silo hears web nodes. Default 30000.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>
    /// IP address under which the other processes reach this silo, and the only one on which it listens. Default loopback: what silos and
    /// web nodes tell each other is neither encrypted nor authenticated, so that a wider one is somebody's decision.
    /// </summary>
    [Required]
    public string AdvertisedAddress { get; set; } = "127.0.0.1";
}
