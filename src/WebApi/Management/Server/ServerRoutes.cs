using Dwapi.WebApi.Gotapi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Dwapi.WebApi.Management.Server;

/// <summary>What this server is.</summary>
internal static class ServerRoutes
{
    public static void MapServer(this RouteGroupBuilder api) =>
        api.MapGet("/server", Get).WithTags("Server").WithSummary("Product, version, tenant and keyword.");

    private static Ok<ServerView> Get(
        HttpContext context,
        ITenantResolver tenants,
        ServerIdentity identity,
        IHostEnvironment environment,
        TimeProvider time) =>
        TypedResults.Ok(new ServerView(
            identity.Product, identity.Version, environment.EnvironmentName, tenants.Resolve(context), identity.Keyword, time.GetUtcNow()));
}
