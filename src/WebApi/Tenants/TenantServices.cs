using Dwapi.WebApi.Management;
using Dwapi.WebApi.Quotas;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dwapi.WebApi.Tenants;

/// <summary>What every door needs to know of tenants.</summary>
internal static class TenantServices
{
    /// <summary>Adds it once, whichever doors a host has.</summary>
    public static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.TryAddSingleton<TenantDirectory>();
        services.TryAddSingleton<TenantDoor>();
        services.TryAddSingleton<RequestTenant>();
        services.TryAddSingleton<TenantShares>();
        services.TryAddSingleton<ITenantResolver>(provider => provider.GetRequiredService<RequestTenant>());
        return services;
    }
}
