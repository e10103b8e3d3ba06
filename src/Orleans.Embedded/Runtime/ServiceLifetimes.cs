using Microsoft.Extensions.DependencyInjection;

namespace Dwapi.Actors.Runtime;

/// <summary>How long the services of the host live.</summary>
internal sealed class ServiceLifetimes(IServiceCollection services)
{
    /// <summary>Whether there is one of a service for the whole host, so that it can be had without a scope.</summary>
    public bool IsSingleton(Type service)
    {
        var generic = service.IsConstructedGenericType ? service.GetGenericTypeDefinition() : null;
        var last = services.LastOrDefault(s => !s.IsKeyedService && (s.ServiceType == service || s.ServiceType == generic));
        return last?.Lifetime == ServiceLifetime.Singleton;
    }
}
