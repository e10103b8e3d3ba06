using Dwapi.Grains;
using Dwapi.Grains.Applications;
using Dwapi.Grains.Tenants;
using Dwapi.WebApi.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dwapi.WebApi.Management.Applications;

/// <summary>Applications, their clients and tokens, and the keys by which they recognise this server.</summary>
internal static class ApplicationRoutes
{
    private const int KeyMinDigits = 16;
    private const int KeyMaxDigits = 256;

    public static void MapApplications(this RouteGroupBuilder api)
    {
        api.MapGet("/applications", Applications).WithTags("Applications").WithSummary("Origins that have clients.");
        api.MapGet("/clients", Clients).WithTags("Applications").WithSummary("Clients of one origin, or of all.");
        api.MapDelete("/clients/{clientId}", Revoke).WithTags("Applications").WithSummary("Removes a client with its token, monitors and socket.");
        api.MapGet("/tokens", Tokens).WithTags("Applications").WithSummary("Tokens that are in force, without the tokens themselves.");
        api.MapDelete("/tokens/{clientId}", Revoke).WithTags("Applications").WithSummary("Voids a token: the client has to ask again.");
        api.MapPost("/hmac-keys", SetKey).WithTags("Applications").WithSummary("Sets or, when empty, deletes an origin's HMAC key.");
    }

    private static async Task<Ok<ApplicationView[]>> Applications(HttpContext context, IGrainFactory grains, ITenantResolver tenants)
    {
        var tenant = tenants.Resolve(context);
        var origins = await grains.GetGrain<ITenantGrain>(tenant).GetApplications();
        return TypedResults.Ok(await Task.WhenAll(origins.Select(async origin =>
        {
            var application = grains.GetGrain<IApplicationGrain>(TenantKey.Of(tenant, origin));
            return new ApplicationView(origin, (await application.GetClients()).Length, await application.GetOriginKey() is not null);
        })));
    }

    private static async Task<Ok<ClientView[]>> Clients(
        HttpContext context, IGrainFactory grains, ITenantResolver tenants, string? origin = null) =>
        TypedResults.Ok((await Statuses(tenants.Resolve(context), grains, origin)).Select(ClientView.Of).ToArray());

    private static async Task<Ok<TokenView[]>> Tokens(HttpContext context, IGrainFactory grains, ITenantResolver tenants)
    {
        var clients = (await Statuses(tenants.Resolve(context), grains, origin: null)).Select(ClientView.Of);
        return TypedResults.Ok(clients
            .Where(client => client is { Approved: true, Expires: not null })
            .Select(client => new TokenView(client.ClientId, client.Origin, client.Scopes, client.Expires!.Value, client.LastUsed))
            .ToArray());
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Revoke(
        string clientId, HttpContext context, IGrainFactory grains, ITenantResolver tenants)
    {
        var tenant = tenants.Resolve(context);
        var session = await grains.GetGrain<ISessionGrain>(TenantKey.Of(tenant, clientId)).GetSession();
        return session is not null
            && await grains.GetGrain<IApplicationGrain>(TenantKey.Of(tenant, session.Origin)).Revoke(clientId)
            ? TypedResults.NoContent()
            : Problems.NotFound("There is no such client.");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetKey(
        OriginKey key, HttpContext context, IGrainFactory grains, RequestTenant tenants)
    {
        if (string.IsNullOrWhiteSpace(key.Origin) || key.Key is null)
        {
            return Problems.BadRequest("origin and key are needed.");
        }

        if (key.Key.Length > 0 && !IsKey(key.Key))
        {
            return Problems.BadRequest($"key is {KeyMinDigits} to {KeyMaxDigits} hex digits, an even number of them, or empty to delete it.");
        }

        var tenant = tenants.Of(context);
        var application = grains.GetGrain<IApplicationGrain>(tenant.KeyOf(key.Origin));
        await application.SetOriginKey(key.Key.Length == 0 ? null : new HmacKey(key.Key, Ascii: false));
        tenant.OriginKeys.TryRemove(key.Origin, out _);
        return TypedResults.NoContent();
    }

    private static bool IsKey(string text) =>
        text.Length is >= KeyMinDigits and <= KeyMaxDigits && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit);

    private static async Task<IEnumerable<ClientStatus>> Statuses(string tenant, IGrainFactory grains, string? origin)
    {
        var origins = origin is null ? await grains.GetGrain<ITenantGrain>(tenant).GetApplications() : [origin];
        var clients = await Task.WhenAll(origins.Select(o => grains.GetGrain<IApplicationGrain>(TenantKey.Of(tenant, o)).GetClients()));
        return clients.SelectMany(c => c);
    }
}
