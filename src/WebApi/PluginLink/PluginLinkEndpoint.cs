using System.Globalization;
using Dwapi.Gotapi.Errors;
using Dwapi.WebApi.Draining;
using Dwapi.WebApi.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Dwapi.WebApi.PluginLink;

/// <summary>
/// The door of the plug-in link (DECISIONS 29): an upgrade that carries an Origin comes from a web page and is refused before the
/// WebSocket exists, whatever the page knows.
/// </summary>
internal sealed class PluginLinkEndpoint(LinkServices services, NodeDrain drain)
{
    // A dead peer is found within 15 s of silence even if TCP does not notice (DECISIONS 21).
    private static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(10);

    public async Task HandleAsync(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (!StringValues.IsNullOrEmpty(context.Request.Headers.Origin))
        {
            Log.LinkRefused(services.Logger, address, "the upgrade carries an Origin.");
            await RefuseAsync(context, StatusCodes.Status403Forbidden, GotapiErrors.InvalidOrigin, "The plug-in link is not for web pages: send no Origin.");
            return;
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            await RefuseAsync(context, StatusCodes.Status426UpgradeRequired, GotapiErrors.InvalidUrl, "This is the plug-in link: open it as a WebSocket.");
            return;
        }

        using var connection = drain.TryEnter(ConnectionKind.Link, context);
        if (connection is null)
        {
            NodeDrain.TellWhenToRetry(context);
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, GotapiErrors.IllegalServerState, NodeDrain.Stopping);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            KeepAliveInterval = KeepAliveInterval,
            KeepAliveTimeout = KeepAliveTimeout,
        });
        var session = new LinkSession(services, socket, address, RequestTenant.Named(context));
        await session.RunAsync(context.RequestAborted, connection.Closing);
    }

    private Task RefuseAsync(HttpContext context, int status, GotapiError error, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        var code = error.Code.ToString(CultureInfo.InvariantCulture);
        return context.Response.WriteAsync($$"""{"result":1,"errorCode":{{code}},"errorMessage":"{{message}}"}""");
    }
}
