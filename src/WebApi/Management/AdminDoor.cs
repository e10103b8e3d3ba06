using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Dwapi.WebApi.Management;

/// <summary>
/// The door of management and FHIR (DECISIONS 30): reads and writes need an admin token of the tenant or the console's cookie. A write must be JSON,
/// which no foreign form can send; its Origin, if there is one, must be ours, and with a cookie there must be one.
/// It stands before parameter binding: nothing of a refused request is read.
/// </summary>
internal sealed class AdminDoor(
    AdminTokens tokens, ConsoleCookie cookie, OwnOrigin ownOrigin, ITenantResolver tenants, ILogger<AdminDoor> logger)
{
    private const string Bearer = "Bearer ";

    /// <summary>Puts the door before every endpoint of a group.</summary>
    public static TBuilder Guard<TBuilder>(TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => Put(endpoints, static (door, context) => door.Check(context));

    /// <summary>Puts only the rules for writes before an endpoint: for the login, which brings the token in its body.</summary>
    public static TBuilder GuardLogin<TBuilder>(TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => Put(endpoints, static (door, context) => door.CheckWrite(context, byCookie: false));

    private static TBuilder Put<TBuilder>(TBuilder endpoints, Func<AdminDoor, HttpContext, IResult?> check)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Add(endpoint =>
        {
            var inner = endpoint.RequestDelegate;
            endpoint.RequestDelegate = context =>
            {
                var refusal = check(context.RequestServices.GetRequiredService<AdminDoor>(), context);
                return refusal is null ? inner!(context) : refusal.ExecuteAsync(context);
            };
        });
        return endpoints;
    }

    private IResult? Check(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var byToken = HasToken(tenants.Resolve(context), context.Request.Headers.Authorization);
        if (!byToken && !cookie.IsValid(context))
        {
            Log.AdminRefused(logger, context.Request.Method, context.Connection.RemoteIpAddress?.ToString() ?? "");
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return TypedResults.Problem(
                $"Send 'Authorization: Bearer TOKEN' with the token from the file {AdminToken.FileName} in the data directory (or Dwapi:AdminTokenPath), or log in at the console.",
                statusCode: StatusCodes.Status401Unauthorized);
        }

        return IsRead(context.Request) ? null : CheckWrite(context, byCookie: !byToken);
    }

    private IResult? CheckWrite(HttpContext context, bool byCookie)
    {
        var request = context.Request;
        var fromPage = !StringValues.IsNullOrEmpty(request.Headers.Origin);
        if (fromPage ? !ownOrigin.Is(request) : byCookie)
        {
            return TypedResults.Problem(
                "A write must come from a page of this server, or from a program with a bearer token and no Origin.",
                statusCode: StatusCodes.Status403Forbidden);
        }

        return HasBody(request) && !request.HasJsonContentType()
            ? TypedResults.Problem("A write needs Content-Type: application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType)
            : null;
    }

    private bool HasToken(string tenant, StringValues authorization) =>
        authorization.Count == 1
        && authorization[0] is { } text
        && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
        && tokens.Find(tenant, text[Bearer.Length..].Trim()) is not null;

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    // A DELETE without a body has nothing to be typed, and no form can send one.
    private static bool HasBody(HttpRequest request) => !HttpMethods.IsDelete(request.Method) || request.ContentLength > 0;
}
