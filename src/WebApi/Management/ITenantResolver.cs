using Microsoft.AspNetCore.Http;

namespace Dwapi.WebApi.Management;

/// <summary>Says which tenant a management or FHIR request belongs to; every answer is scoped to it.</summary>
public interface ITenantResolver
{
    /// <summary>The tenant of a request, by its address.</summary>
    string Resolve(HttpContext context);
}
