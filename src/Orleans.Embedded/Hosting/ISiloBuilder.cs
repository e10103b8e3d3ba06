using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Hosting;

/// <summary>Configures the part of a process that runs grains.</summary>
public interface ISiloBuilder
{
    /// <summary>The services of the process.</summary>
    IServiceCollection Services { get; }

    /// <summary>The configuration of the process.</summary>
    IConfiguration Configuration { get; }
}
