using Dwapi.Grains;
using Dwapi.Grains.Applications;
using Dwapi.Grains.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dwapi.WebApi.Management.Approvals;

/// <summary>Token requests that wait for a decision.</summary>
internal static class ApprovalRoutes
{
    public static void MapApprovals(this RouteGroupBuilder api)
    {
        var approvals = api.MapGroup("/approvals").WithTags("Approvals");
        approvals.MapGet("", List).WithSummary("Token requests that wait for a decision, oldest first.");
        approvals.MapPost("/{id}", Decide).WithSummary("Approves or refuses a token request.");
    }

    private static async Task<Ok<ApprovalView[]>> List(HttpContext context, IGrainFactory grains, ITenantResolver tenants)
    {
        var pending = await grains.GetGrain<ITenantGrain>(tenants.Resolve(context)).GetPendingApprovals();
        return TypedResults.Ok(pending.Select(ApprovalView.Of).ToArray());
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Decide(
        string id, ApprovalDecision decision, HttpContext context, IGrainFactory grains, ITenantResolver tenants)
    {
        var tenant = tenants.Resolve(context);
        var pending = (await grains.GetGrain<ITenantGrain>(tenant).GetPendingApprovals()).FirstOrDefault(p => p.ApprovalId == id);
        return pending is not null
            && await grains.GetGrain<ISessionGrain>(TenantKey.Of(tenant, pending.ClientId)).Decide(id, decision.Approve)
            ? TypedResults.NoContent()
            : Problems.NotFound("This request is no longer pending: it was decided, withdrawn, or its time ran out.");
    }
}
