using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Dwapi.VirtualPrinters;

/// <summary>The HTTP side of Moonraker's API: the same methods under their paths.</summary>
/// <param name="siteOf">The printer that a request is for.</param>
internal sealed class MoonrakerRoutes(Func<HttpContext, PrinterSite> siteOf)
{
    private static readonly (string Verb, string Path, string Method)[] Table =
    [
        ("GET", "/server/info", "server.info"),
        ("GET", "/printer/info", "printer.info"),
        ("GET", "/printer/objects/list", "printer.objects.list"),
        ("POST", "/printer/objects/query", "printer.objects.query"),
        ("POST", "/printer/print/start", "printer.print.start"),
        ("POST", "/printer/print/pause", "printer.print.pause"),
        ("POST", "/printer/print/resume", "printer.print.resume"),
        ("POST", "/printer/print/cancel", "printer.print.cancel"),
        ("POST", "/printer/emergency_stop", "printer.emergency_stop"),
        ("POST", "/printer/restart", "printer.restart"),
        ("POST", "/printer/firmware_restart", "printer.firmware_restart"),
        ("GET", "/machine/system_info", "machine.system_info"),
        ("GET", "/server/files/list", "server.files.list"),
        ("GET", "/server/files/metadata", "server.files.metadata"),
        ("GET", "/server/history/list", "server.history.list"),
        ("GET", "/server/history/job", "server.history.get_job"),
        ("GET", "/server/job_queue/status", "server.job_queue.status"),
        ("POST", "/server/job_queue/job", "server.job_queue.post_job"),
        ("DELETE", "/server/job_queue/job", "server.job_queue.delete_job"),
        ("POST", "/server/job_queue/pause", "server.job_queue.pause"),
        ("POST", "/server/job_queue/start", "server.job_queue.start"),
        ("POST", "/server/job_queue/jump", "server.job_queue.jump"),
    ];

    public void MapTo(WebApplication application)
    {
        foreach (var (verb, path, method) in Table)
            Map(application, verb, path, async (context, site) => await site.Methods.InvokeAsync(method, await ArgumentsAsync(context.Request).ConfigureAwait(false)).ConfigureAwait(false));
        Map(application, "GET", "/printer/objects/query", (context, site) =>
            site.Methods.InvokeAsync("printer.objects.query", new JsonObject { ["objects"] = Wanted(context.Request.Query) }));
        Map(application, "DELETE", "/server/files/gcodes/{**path}", (context, site) =>
            site.Methods.InvokeAsync("server.files.delete_file", new JsonObject { ["path"] = "gcodes/" + context.Request.RouteValues["path"] }));
        Map(application, "GET", "/access/oneshot_token", (_, site) => Task.FromResult<JsonNode?>(site.Access.Token()));
        Map(application, "POST", "/server/files/upload", async (context, site) => await new MoonrakerUpload(site.Printer).TakeAsync(context).ConfigureAwait(false), bare: true);
        application.Map("/websocket", SocketAsync);
    }

    private void Map(WebApplication application, string verb, string path, Func<HttpContext, PrinterSite, Task<JsonNode?>> answer, bool bare = false)
    {
        Task Delegate(HttpContext context) => AnswerAsync(context, answer, bare);
        application.MapMethods(path, [verb], (RequestDelegate)Delegate);
    }

    private static JsonObject Wanted(IQueryCollection query) => new(query.Where(item => item.Key != "token").Select(item => KeyValuePair.Create(
        item.Key,
        string.IsNullOrEmpty(item.Value) ? null : (JsonNode)new JsonArray([.. item.Value.ToString().Split(',').Select(field => (JsonNode)field)]))));

    private static async Task<JsonObject> ArgumentsAsync(HttpRequest request)
    {
        var arguments = request.HasJsonContentType()
            ? await JsonNode.ParseAsync(request.Body).ConfigureAwait(false) as JsonObject ?? []
            : [];
        foreach (var (name, value) in request.Query)
            arguments[name] = value.ToString();
        return arguments;
    }

    private async Task AnswerAsync(HttpContext context, Func<HttpContext, PrinterSite, Task<JsonNode?>> answer, bool bare)
    {
        var site = siteOf(context);
        var body = new JsonObject();
        try
        {
            if (!site.Access.Lets(context.Request))
                throw new KlipperFault(StatusCodes.Status401Unauthorized, "Unauthorized");
            var result = await answer(context, site).ConfigureAwait(false);
            if (bare && result is JsonObject whole)
                body = whole;
            else
                body["result"] = result;
        }
        catch (KlipperFault e)
        {
            context.Response.StatusCode = e.Status;
            body["error"] = new JsonObject { ["code"] = e.Status, ["message"] = e.Message, ["traceback"] = "" };
        }
        catch (JsonException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            body["error"] = new JsonObject { ["code"] = 400, ["message"] = "Invalid JSON body", ["traceback"] = "" };
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString()).ConfigureAwait(false);
    }

    private async Task SocketAsync(HttpContext context)
    {
        var (printer, methods, access) = siteOf(context);

        // Without any sign of who it is the socket opens all the same, and takes nothing but an identify with the key.
        var query = context.Request.Query.ContainsKey("token");
        var letIn = access.Lets(context.Request);
        if (!context.WebSockets.IsWebSocketRequest || (query && !letIn))
        {
            context.Response.StatusCode = query ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        await new MoonrakerSocket(socket, printer, methods, access, letIn).RunAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
