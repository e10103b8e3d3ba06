using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Frames;
using Dwapi.WebApi.Doors;
using Dwapi.WebApi.Draining;
using Dwapi.WebApi.Events;
using Dwapi.WebApi.Gotapi;
using Dwapi.WebApi.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dwapi.WebApi;

/// <summary>Puts GotAPI-1, -2 and -5 into the pipeline.</summary>
public static class GotapiEndpoints
{
    private const string Socket = "/gotapi/websocket";

    /// <summary>
    /// Puts the server's doors before everything, the tenant's after them, and GotAPI before routing: the order of its checks begins with the shape of the path,
    /// which a router would decide first. Call it before anything else is mapped.
    /// </summary>
    public static WebApplication MapGotapi(this WebApplication app)
    {
        var door = app.Services.GetRequiredService<ServerDoor>();
        var tenants = app.Services.GetRequiredService<TenantDoor>();
        var drain = app.Services.GetRequiredService<NodeDrain>();
        var answers = app.Services.GetRequiredService<Answers>();
        var dispatcher = app.Services.GetRequiredService<GotapiDispatcher>();
        var sockets = app.Services.GetRequiredService<SocketEndpoint>();

        // The WebSocket middleware only where it is needed: it costs every other request a feature object.
        var branch = ((IApplicationBuilder)app).New();
        branch.UseWebSockets();
        branch.Run(context => context.WebSockets.IsWebSocketRequest ? sockets.Run(context) : dispatcher.Answer(context));
        var socket = branch.Build();
        app.Use(next => context =>
        {
            drain.EndKeepAlive(context);
            if ((door.Check(context) ?? tenants.Enter(context)) is { } refusal)
            {
                Cors.Allow(context);
                answers.Fail(context, refusal);
                return Task.CompletedTask;
            }

            var path = context.Request.Path.Value!;
            if (!GotapiPath.IsUnderRoot(path) || path.Equals(LinkLimits.Path, StringComparison.OrdinalIgnoreCase))
            {
                return next(context);
            }

            return path.Equals(Socket, StringComparison.OrdinalIgnoreCase) ? socket(context) : dispatcher.Answer(context);
        });
        app.UseRouting();

        // A first segment that nobody has: error 19 (gotapi-1.1 section 2, 1). Files keep their 404.
        app.MapFallback(context =>
        {
            answers.Fail(context, GotapiErrors.InvalidUrl, httpStatus: StatusCodes.Status400BadRequest);
            return Task.CompletedTask;
        });
        return app;
    }
}
