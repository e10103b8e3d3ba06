using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dwapi.WebApi.Management.Console;

/// <summary>Puts the console into a host: static files that hold no secret; what they show comes through the management API's door.</summary>
public static class ConsoleExtensions
{
    // Nothing but our own files runs or is shown, nobody frames the page, nothing is sent elsewhere.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Maps the page at <c>/</c> and its files under <c>/console/</c>.</summary>
    public static IEndpointRouteBuilder MapConsole(this IEndpointRouteBuilder endpoints)
    {
        var files = ConsoleFile.LoadAll();
        endpoints.MapGet("/", (HttpContext context) => IsWithoutSlash(context.Request)
            ? TypedResults.Redirect(context.Request.PathBase + "/")
            : Send(context, files["index.html"])).ExcludeFromDescription();
        endpoints.MapGet("/console/{name}", (string name, HttpContext context) =>
            files.TryGetValue(name, out var file) ? Send(context, file) : TypedResults.NotFound()).ExcludeFromDescription();
        return endpoints;
    }

    // The page names its files and the API relative to itself; at /t/NAME they would be sought beside the tenant.
    private static bool IsWithoutSlash(HttpRequest request) => request.PathBase.HasValue && !request.Path.HasValue;

    private static IResult Send(HttpContext context, ConsoleFile file)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-cache";
        return TypedResults.Bytes(file.Content, file.ContentType, entityTag: file.Tag);
    }
}
