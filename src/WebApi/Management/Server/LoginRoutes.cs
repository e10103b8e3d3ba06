using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dwapi.WebApi.Management.Server;

/// <summary>Exchange of the admin token for the console's cookie, which no script can read.</summary>
internal static class LoginRoutes
{
    public static void MapLogin(this IEndpointRouteBuilder endpoints) =>
        AdminDoor.GuardLogin(endpoints.MapPost("/api/v1/login", LogIn))
            .WithTags("Server")
            .WithSummary("Exchanges the admin token for the console's cookie.");

    public static void MapLogout(this RouteGroupBuilder api) =>
        api.MapPost("/logout", LogOut).WithTags("Server").WithSummary("Takes the console's cookie back.");

    private static Results<NoContent, ProblemHttpResult> LogIn(
        Login login, HttpContext context, AdminTokens tokens, ITenantResolver tenants, ConsoleCookie cookie)
    {
        if (login.Token is null || tokens.Find(tenants.Resolve(context), login.Token.Trim()) is not { } token)
        {
            return TypedResults.Problem(
                $"This is not the token in the file {AdminToken.FileName} in the data directory.", statusCode: StatusCodes.Status401Unauthorized);
        }

        cookie.Issue(context, token);
        return TypedResults.NoContent();
    }

    private static NoContent LogOut(HttpContext context, ConsoleCookie cookie)
    {
        cookie.Delete(context);
        return TypedResults.NoContent();
    }
}
