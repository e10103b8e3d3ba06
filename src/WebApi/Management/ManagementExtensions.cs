using Dwapi.WebApi.Fhir;
using Dwapi.WebApi.Gotapi;
using Dwapi.WebApi.Management.Applications;
using Dwapi.WebApi.Management.Approvals;
using Dwapi.WebApi.Management.Devices;
using Dwapi.WebApi.Management.Edges;
using Dwapi.WebApi.Management.Printers;
using Dwapi.WebApi.Management.Server;
using Dwapi.WebApi.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dwapi.WebApi.Management;

/// <summary>Puts the management API into a host.</summary>
public static class ManagementExtensions
{
    /// <summary>Adds the admin token, its door and the management API; also what console and FHIR need.</summary>
    public static IServiceCollection AddManagement(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddTenants();
        services.AddSingleton<AdminToken>();
        services.AddSingleton<AdminTokens>();
        services.AddHostedService<AdminTokenStartup>();
        services.AddSingleton<ConsoleCookie>();
        services.AddSingleton<OwnOrigin>();
        services.AddSingleton<AdminDoor>();
        services.TryAddSingleton<ServerIdentity>();
        services.AddSingleton<DeviceDirectory>();
        services.AddSingleton<ObservationSearch>();
        services.AddProblemDetails();

        // A body that cannot be read is answered alike everywhere, never with the request and its token in it.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        services.AddOpenApi(OpenApiDocument.Name, OpenApiDocument.Configure);
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ManagementJson.Default));
        return services;
    }

    /// <summary>Maps <c>/api/v1</c> behind its door, and its description at <c>/openapi/v1.json</c>.</summary>
    public static IEndpointRouteBuilder MapManagement(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOpenApi("/openapi/{documentName}.json");
        endpoints.MapLogin();

        var api = AdminDoor.Guard(endpoints.MapGroup("/api/v1"));
        api.MapLogout();
        api.MapServer();
        api.MapApprovals();
        api.MapApplications();
        api.MapEdges();
        api.MapDevices();
        api.MapPrinters();

        // Behind the door too, so that without a token nobody learns which resources exist.
        api.Map("/{**rest}", () => Problems.NotFound("There is no such resource; see /openapi/v1.json.")).ExcludeFromDescription();
        return endpoints;
    }
}
