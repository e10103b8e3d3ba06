using System.ComponentModel.DataAnnotations;

namespace Dwapi.Grains.Settings;

/// <summary>Settings under <c>Printing:</c>.</summary>
public sealed class PrintingOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Printing";

    private volatile ContentServerOptions? _own;

    /// <summary>Most jobs that wait or run at one printer.</summary>
    [Range(1, 10_000)]
    public int JobsPerPrinter { get; set; } = 100;

    /// <summary>Most jobs of one application (origin) at one printer.</summary>
    [Range(1, 10_000)]
    public int JobsPerApplication { get; set; } = 100;

    /// <summary>Most jobs of a tenant in a day; null for any number.</summary>
    [Range(1, 10_000)]
    public int? JobsPerDay { get; set; }

    /// <summary>Hours of print of a tenant in a day after which nothing is ordered any more; null for any number.</summary>
    [Range(0.01, 100_000)]
    public double? HoursPerDay { get; set; }

    /// <summary>True: every job waits in the queue until a person lets it go.</summary>
    public bool Approval { get; set; }

    /// <summary>Groups of applications with limits beside their tenant's, by name: letters, digits, underscore and hyphen.</summary>
    public IDictionary<string, PrintingGroup> Groups { get; } = new Dictionary<string, PrintingGroup>(StringComparer.Ordinal);

    /// <summary>How long an edge has to say that a job stopped; then the job ends as failed, and a person looks at the printer.</summary>
    [Range(typeof(TimeSpan), "00:06:00", "7.00:00:00")]
    public TimeSpan CancelWithin { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a job that has ended is kept, and its Idempotency-Key with it; then it is forgotten.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan KeepEndedJobs { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Other values for single tenants, by name.</summary>
    public IDictionary<string, PrintingTenant> Tenants { get; } = new Dictionary<string, PrintingTenant>(StringComparer.Ordinal);

    /// <summary>Whether the all-in-one host serves its own small content server, with two models. Default: with the demo devices.</summary>
    public bool? OwnContentServer { get; set; }

    /// <summary>The content servers.</summary>
    public IList<ContentServerOptions> ContentServers { get; } = [];

    /// <summary>The content servers, and the host's own one once it is there.</summary>
    public IEnumerable<ContentServerOptions> AllContentServers => _own is { } own ? ContentServers.Append(own) : ContentServers;

    /// <summary>The quotas that an application's jobs count against: its tenant's, and those of its groups.</summary>
    public IEnumerable<PrintingQuota> QuotasOf(string tenant, string origin) => QuotasOf(tenant).Where(quota => quota.IsOf(origin));

    /// <summary>The quotas of a tenant, its own one first.</summary>
    public IEnumerable<PrintingQuota> QuotasOf(string tenant)
    {
        var own = Tenants.TryGetValue(tenant, out var found) ? found : new PrintingTenant();
        yield return new PrintingQuota(
            PrintingQuota.Everybody,
            Section,
            new PrintingLimits
            {
                JobsPerPrinter = own.JobsPerPrinter ?? JobsPerPrinter,
                JobsPerApplication = own.JobsPerApplication ?? JobsPerApplication,
                JobsPerDay = own.JobsPerDay ?? JobsPerDay,
                HoursPerDay = own.HoursPerDay ?? HoursPerDay,
                Approval = own.Approval ?? Approval,
            },
            null);
        foreach (var (name, group) in Groups)
        {
            if (group.Tenant.Length == 0 || group.Tenant == tenant)
                yield return new PrintingQuota(name, $"{Section}:Groups:{name}", group, group.Members);
        }
    }

    /// <summary>Adds the host's own content server, while requests read the others.</summary>
    public void Offer(ContentServerOptions own) => _own = own;

    /// <summary>The content server that has the content; null when there is none.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="id">The only one that may have it; "" for any.</param>
    /// <param name="content">The content.</param>
    public ContentServerOptions? FindServer(string tenant, string id, Uri content) => AllContentServers.FirstOrDefault(
        server => server.IsOf(tenant) && (id.Length == 0 || server.Id == id) && server.Has(content));
}
