using System.Collections.Immutable;

namespace Dwapi.Storage.Retention;

/// <summary>Says for which tenants there is something to remove.</summary>
internal interface IRetainedTenants
{
    /// <summary>Tenants that have measurements.</summary>
    Task<ImmutableArray<string>> GetTenants(CancellationToken cancellationToken);
}
