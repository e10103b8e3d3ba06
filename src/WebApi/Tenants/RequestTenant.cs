using Dwapi.WebApi.Management;
using Microsoft.AspNetCore.Http;

namespace Dwapi.WebApi.Tenants;

/// <summary>The tenant of a request, after <see cref="TenantDoor"/> has let it in.</summary>
internal sealed class RequestTenant(TenantDirectory directory) : ITenantResolver
{
    /// <summary>The tenant that the address names, else the default one.</summary>
    public Tenant Of(HttpContext context) => directory.IsSingle ? directory.Default! : Named(context) ?? directory.Default!;

    /// <summary>The tenant that the address names; null when it names none.</summary>
    public static Tenant? Named(HttpContext context) => context.Features.Get<Tenant>();

    public string Resolve(HttpContext context) => Of(context).Name;
}
