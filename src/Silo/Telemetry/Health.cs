using System.Text;
using Dwapi.WebApi.Draining;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dwapi.Silo.Telemetry;

/// <summary>
/// Probes. <c>/livez</c>: the process answers, whatever it depends on. <c>/readyz</c>: it has started, does not stop, its store takes
/// writes (role silo) and a silo answers (role web). <c>/healthz</c>: everything there is a check for.
/// </summary>
internal static class Health
{
    private const string Ready = "ready";

    /// <summary>Adds the check that every role has; store and doors bring their own.</summary>
    public static void AddHealth(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<ServingCheck>("serving", tags: [Ready]);

    /// <summary>Maps the probes.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/livez", new HealthCheckOptions { Predicate = static _ => false, ResponseWriter = Write });
        app.MapHealthChecks("/readyz", new HealthCheckOptions { Predicate = static c => c.Tags.Contains(Ready), ResponseWriter = Write });
        app.MapHealthChecks("/healthz", new HealthCheckOptions { ResponseWriter = Write });
    }

    // A line for the status, and one for each check that failed. Reasons, never exceptions: whoever reaches the address reads it.
    private static Task Write(HttpContext context, HealthReport report)
    {
        var text = new StringBuilder().Append(report.Status).Append('\n');
        foreach (var (name, entry) in report.Entries)
        {
            if (entry.Status != HealthStatus.Healthy)
            {
                text.Append(name).Append(": ").Append(entry.Description ?? "failed").Append('\n');
            }
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }

    /// <summary>Not serving before the start is complete nor from the signal to stop on.</summary>
    private sealed class ServingCheck(IHostApplicationLifetime lifetime, NodeDrain drain) : IHealthCheck
    {
        /// <inheritdoc />
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(drain.IsDraining ? HealthCheckResult.Unhealthy("draining")
                : lifetime.ApplicationStarted.IsCancellationRequested ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("starting"));
    }
}
