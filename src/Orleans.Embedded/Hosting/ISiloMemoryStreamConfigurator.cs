namespace Orleans.Hosting;

/// <summary>Configures streams in memory. The embedded runtime delivers at once and has nothing to configure.</summary>
public interface ISiloMemoryStreamConfigurator
{
}
