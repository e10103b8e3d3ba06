using System.Text;
using Dwapi.Grains;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dwapi.WebApi.Management.Edges;

/// <summary>Edges: enrolment, keys, presence, the switch (DECISIONS 29).</summary>
internal static class EdgeRoutes
{
    private const int MaxId = 64;
    private const int MaxName = 200;

    public static void MapEdges(this RouteGroupBuilder api)
    {
        var edges = api.MapGroup("/edges").WithTags("Edges");
        edges.MapGet("", List).WithSummary("All edges.");
        edges.MapGet("/{edgeId}", Get).WithSummary("One edge.");
        edges.MapPost("", Add).WithSummary("Adds an edge, or gives one a new key. The key is shown only in this answer.");
        edges.MapPatch("/{edgeId}", Switch).WithSummary("Switches an edge off or on.");
        edges.MapDelete("/{edgeId}", Remove).WithSummary("Removes an edge: its key is void, its link is closed, its measurements stay.");
    }

    private static async Task<Ok<EdgeView[]>> List(HttpContext context, IGrainFactory grains, ITenantResolver tenants)
    {
        var tenant = tenants.Resolve(context);
        var ids = await grains.GetGrain<ITenantGrain>(tenant).GetEdges();
        var edges = await Task.WhenAll(ids.Select(id => grains.GetGrain<IEdgeGrain>(TenantKey.Of(tenant, id)).GetStatus().AsTask()));
        return TypedResults.Ok(edges.Select(EdgeView.Of).ToArray());
    }

    private static async Task<Results<Ok<EdgeView>, ProblemHttpResult>> Get(
        string edgeId, HttpContext context, IGrainFactory grains, ITenantResolver tenants) =>
        await Find(edgeId, tenants.Resolve(context), grains) is { } edge ? TypedResults.Ok(EdgeView.Of(edge)) : Unknown();

    private static async Task<Results<Created<EdgeKey>, ProblemHttpResult>> Add(
        NewEdge edge, HttpContext context, IGrainFactory grains, ITenantResolver tenants)
    {
        var id = edge.EdgeId ?? IdOf(edge.Name ?? "");
        if (string.IsNullOrWhiteSpace(edge.Name) || edge.Name.Length > MaxName)
        {
            return Problems.BadRequest($"name is 1 to {MaxName} characters.");
        }

        if (!IsId(id))
        {
            return Problems.BadRequest($"edgeId is 1 to {MaxId} of A-Z, a-z, 0-9, _ and -; without one the name must contain some of them.");
        }

        var tenant = grains.GetGrain<ITenantGrain>(tenants.Resolve(context));
        if (edge.EdgeId is null && (await tenant.GetEdges()).Contains(id))
        {
            // "Ward 3" and "ward-3" make the same id: a second edge must not void the key of the first.
            return Problems.Conflict($"There is an edge {id} already. Choose another name, or name its edgeId to give it a new key.");
        }

        var key = await tenant.EnrolEdge(id, edge.Name);
        return TypedResults.Created($"{context.Request.PathBase}/api/v1/edges/{id}", new EdgeKey(id, key));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Switch(
        string edgeId, EdgeSwitch state, HttpContext context, IGrainFactory grains, ITenantResolver tenants)
    {
        var tenant = tenants.Resolve(context);
        if (await Find(edgeId, tenant, grains) is null)
        {
            return Unknown();
        }

        await grains.GetGrain<IEdgeGrain>(TenantKey.Of(tenant, edgeId)).SetEnabled(state.Enabled);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(
        string edgeId, HttpContext context, IGrainFactory grains, ITenantResolver tenants) =>
        await grains.GetGrain<ITenantGrain>(tenants.Resolve(context)).RemoveEdge(edgeId) ? TypedResults.NoContent() : Unknown();

    private static async Task<EdgeStatus?> Find(string edgeId, string tenant, IGrainFactory grains)
    {
        // Only the tenant's own list says which edges exist: asking any other id would wake a grain for every guess.
        var known = await grains.GetGrain<ITenantGrain>(tenant).GetEdges();
        return known.Contains(edgeId) ? await grains.GetGrain<IEdgeGrain>(TenantKey.Of(tenant, edgeId)).GetStatus() : null;
    }

    private static ProblemHttpResult Unknown() => Problems.NotFound("There is no such edge.");

    private static bool IsId(string id) => id.Length is > 0 and <= MaxId && id.All(IsIdCharacter);

    private static bool IsIdCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    private static string IdOf(string name)
    {
        var id = new StringBuilder();
        foreach (var c in name.ToLowerInvariant())
        {
            if (IsIdCharacter(c))
            {
                id.Append(c);
            }
            else if (id.Length > 0 && id[^1] != '-')
            {
                id.Append('-');
            }
        }

        return id.ToString().Trim('-') is var text && text.Length > MaxId ? text[..MaxId] : text;
    }
}
