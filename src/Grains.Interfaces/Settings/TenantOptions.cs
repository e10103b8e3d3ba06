namespace Dwapi.Grains.Settings;

/// <summary>One tenant of this server, under <c>Tenancy:Tenants:NAME</c>.</summary>
public sealed class TenantOptions
{
    /// <summary>Host names at which requests are this tenant's. It is reached at <c>/t/NAME/</c> too.</summary>
    public IList<string> HostNames { get; } = [];

    /// <summary>Policies that approve token requests of this tenant without asking; those of <c>Gotapi:Approvals</c> are the default tenant's only.</summary>
    public IList<ApprovalPolicy> Approvals { get; } = [];

    /// <summary>Limits of this tenant in place of <see cref="TenancyOptions.Quotas"/>, one by one.</summary>
    public TenantQuotas Quotas { get; set; } = new();

    /// <summary>File with the admin token of this tenant; empty: <c>admin.NAME.token</c> in the data directory, made when it is not there.</summary>
    public string AdminTokenFile { get; set; } = "";
}
