using Dwapi.Grains.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Management;

/// <summary>
/// Which tokens open the management of which tenant: the operator's opens every tenant at that tenant's address, a tenant's own opens
/// that tenant and no other.
/// </summary>
internal sealed class AdminTokens
{
    private readonly AdminToken _operator;
    private readonly Dictionary<string, AdminToken> _own;

    public AdminTokens(
        AdminToken operatorToken, IOptions<TenancyOptions> tenancy, IOptions<DwapiOptions> dwapi, ILogger<AdminToken> logger)
    {
        _operator = operatorToken;
        _own = tenancy.Value.Tenants.ToDictionary(
            tenant => tenant.Key,
            tenant => new AdminToken(Path.Combine(dwapi.Value.DataDirectory, FileNameOf(tenant.Key)), tenant.Value.AdminTokenFile, logger),
            StringComparer.Ordinal);
    }

    /// <summary>Every token there is.</summary>
    public IEnumerable<AdminToken> All => _own.Values.Prepend(_operator);

    /// <summary>Name of the file in the data directory that holds the token of a tenant.</summary>
    public static string FileNameOf(string tenant) => $"admin.{tenant}.token";

    /// <summary>The tokens that open a tenant.</summary>
    public IEnumerable<AdminToken> Of(string tenant) => _own.TryGetValue(tenant, out var own) ? [_operator, own] : [_operator];

    /// <summary>The one of a tenant's tokens that a text is, or null.</summary>
    public AdminToken? Find(string tenant, string candidate) => Of(tenant).FirstOrDefault(token => token.Matches(candidate));
}
