using System.ComponentModel.DataAnnotations;

namespace Dwapi.Grains.Settings;

/// <summary>Settings under <c>Printing:</c>.</summary>
public sealed class PrintingOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Printing";

    /// <summary>Most jobs that wait or run at one printer.</summary>
    [Range(1, 10_000)]
    public int JobsPerPrinter { get; set; } = 100;

    /// <summary>Most jobs of one application (origin) at one printer.</summary>
    [Range(1, 10_000)]
    public int JobsPerApplication { get; set; } = 100;

    /// <summary>True: every job waits in the queue until a person lets it go.</summary>
    public bool Approval { get; set; }

    /// <summary>How long an edge has to say that a job stopped; then the job ends as failed, and a person looks at the printer.</summary>
    [Range(typeof(TimeSpan), "00:06:00", "7.00:00:00")]
    public TimeSpan CancelWithin { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Other values for single tenants, by name.</summary>
    public IDictionary<string, PrintingTenant> Tenants { get; } = new Dictionary<string, PrintingTenant>(StringComparer.Ordinal);

    /// <summary>Whether the all-in-one host serves its own small content server, with two models. Default: with the demo devices.</summary>
    public bool? OwnContentServer { get; set; }

    /// <summary>The content servers.</summary>
    public IList<ContentServerOptions> ContentServers { get; } = [];

    /// <summary>The values of a tenant.</summary>
    public PrintingTenant Of(string tenant)
    {
        var own = Tenants.TryGetValue(tenant, out var found) ? found : new PrintingTenant();
        return new PrintingTenant
        {
            JobsPerPrinter = own.JobsPerPrinter ?? JobsPerPrinter,
            JobsPerApplication = own.JobsPerApplication ?? JobsPerApplication,
            Approval = own.Approval ?? Approval,
        };
    }

    /// <summary>The content server of that id, or the one that has the content; null when there is none.</summary>
    public ContentServerOptions? FindServer(string tenant, string id, Uri content) => ContentServers.FirstOrDefault(
        server => server.IsOf(tenant) && (id.Length > 0 ? server.Id == id : server.Has(content)));
}
