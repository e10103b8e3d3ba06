using System.Net;
using Dwapi.Grains.Settings;

namespace Dwapi.Grains.Applications;

/// <summary>
/// The operator's policies. A wildcard scope is only admitted where a policy of the origin has
/// <see cref="ApprovalPolicy.AllowWildcard"/>; it is approved without asking only if that policy also lists <c>*</c> among its scopes.
/// </summary>
internal sealed class ApprovalPolicies(IEnumerable<ApprovalPolicy> all, string setting)
{
    /// <summary>The policies of a tenant: its own, or those under <c>Gotapi:</c> for the default tenant without any.</summary>
    public static ApprovalPolicies Of(string tenant, TenancyOptions tenancy, GotapiOptions gotapi)
    {
        var own = tenancy.Tenants.TryGetValue(tenant, out var settings) ? settings.Approvals : [];
        return tenant == tenancy.Default && own.Count == 0
            ? new ApprovalPolicies(gotapi.Approvals, $"{GotapiOptions.Section}:{nameof(GotapiOptions.Approvals)}")
            : new ApprovalPolicies(own, TenancyOptions.SettingOf(tenant, nameof(TenantOptions.Approvals)));
    }

    /// <summary>The setting that admits wildcard scopes, as an operator writes it.</summary>
    public string WildcardSetting { get; } = setting + ":N:AllowWildcard";

    /// <summary>The scope that stands for everything.</summary>
    public const string Everything = "*";

    private const string Loopback = "loopback";

    /// <summary>Judges a request; each scope may be approved by another policy of the origin.</summary>
    public AccessVerdict Judge(string origin, IReadOnlyList<string> scopes)
    {
        ApprovalPolicy[] policies = [.. all.Where(policy => IsFor(policy, origin))];
        if (scopes.Any(IsWildcard) && !policies.Any(policy => policy.AllowWildcard))
            return AccessVerdict.WildcardNotAllowed;
        return scopes.All(scope => policies.Any(policy => Approves(policy, scope))) ? AccessVerdict.Approve : AccessVerdict.Ask;
    }

    /// <summary>Whether a scope is <c>all</c> or <c>*</c>.</summary>
    public static bool IsWildcard(string scope) => scope is Everything or "all";

    private static bool Approves(ApprovalPolicy policy, string scope) => IsWildcard(scope)
        ? policy.AllowWildcard && policy.Scopes.Contains(Everything)
        : policy.Scopes.Contains(Everything) || policy.Scopes.Contains(scope, StringComparer.OrdinalIgnoreCase);

    private static bool IsFor(ApprovalPolicy policy, string origin) =>
        policy.Origins.Contains(Loopback) && IsLoopback(origin) || (origin != Loopback && policy.Origins.Contains(origin));

    private static bool IsLoopback(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && (uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address)));
}
