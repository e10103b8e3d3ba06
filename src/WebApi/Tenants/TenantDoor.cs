using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Frames;
using Dwapi.WebApi.Doors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Dwapi.WebApi.Tenants;

/// <summary>
/// Finds out whose request it is, before anybody looks at the rest of its path: by the prefix <c>/t/NAME</c>, by host name, else the
/// default tenant. Behind it every path begins as if there were one tenant only.
/// </summary>
internal sealed class TenantDoor(TenantDirectory directory)
{
    private const string Prefix = "/t/";

    private static readonly Refusal Unknown = new(
        GotapiErrors.InvalidUrl,
        "There is no tenant of that name. Use the address that the operator gave you; tenants are configured under Tenancy:Tenants.",
        StatusCodes.Status404NotFound);

    private static readonly Refusal Ambiguous = new(
        GotapiErrors.InvalidUrl,
        "The host name belongs to another tenant than the path names. Use one of the two.",
        StatusCodes.Status404NotFound);

    private static readonly Refusal Unnamed = new(
        GotapiErrors.InvalidUrl,
        "The address names no tenant, and there is no default one (Tenancy:Default). Ask at /t/TENANT/ or at the tenant's host name.",
        StatusCodes.Status404NotFound);

    /// <summary>Null when the request may go on.</summary>
    public Refusal? Enter(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var byHost = directory.IsSingle ? null : directory.OfHost(HostNames.NameOf(context.Request.Host.Value));
        if (path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return EnterByPath(context, path, byHost);
        }

        if (byHost is not null)
        {
            Name(context, byHost);
            return null;
        }

        // The key of a plug-in link names its tenant.
        return directory.Default is null && !ServerDoor.IsProbe(path) && !path.Equals(LinkLimits.Path, StringComparison.OrdinalIgnoreCase)
            ? Unnamed
            : null;
    }

    private Refusal? EnterByPath(HttpContext context, string path, Tenant? byHost)
    {
        var end = path.IndexOf('/', Prefix.Length);
        if (end < 0)
        {
            end = path.Length;
        }

        if (directory.Find(path.AsSpan(Prefix.Length, end - Prefix.Length)) is not { } tenant)
        {
            return Unknown;
        }

        if (byHost is not null && byHost != tenant)
        {
            return Ambiguous;
        }

        context.Request.PathBase += new PathString(path[..end]);
        context.Request.Path = path[end..];
        Name(context, tenant);
        return null;
    }

    private static void Name(HttpContext context, Tenant tenant)
    {
        context.Features.Set(tenant);
        context.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(tenant.Tag);
    }
}
