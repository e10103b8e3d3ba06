namespace Dwapi.Silo.Telemetry;

/// <summary>GET /metrics in the Prometheus text format.</summary>
internal static class MetricsPage
{
    /// <summary>Adds the collector.</summary>
    public static void AddMetricsPage(this IServiceCollection services)
    {
        services.AddSingleton<MetricsCollector>();
        services.AddHostedService(static s => s.GetRequiredService<MetricsCollector>());
    }

    /// <summary>Maps the page.</summary>
    public static void MapMetricsPage(this WebApplication app) => app.MapGet("/metrics", static (MetricsCollector collector) =>
        Results.Text(collector.Write(), "text/plain; version=0.0.4; charset=utf-8")).ExcludeFromDescription();
}
