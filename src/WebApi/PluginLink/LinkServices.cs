using Dwapi.Grains.Settings;
using Dwapi.WebApi.Gotapi;
using Dwapi.WebApi.Quotas;
using Dwapi.WebApi.Tenants;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.PluginLink;

/// <summary>What every link of this node shares.</summary>
internal sealed class LinkServices(
    IGrainFactory grains, TimeProvider time, IOptions<GotapiOptions> options, ServerIdentity identity, TenantDirectory tenants, TenantShares shares, ILogger<LinkServices> logger)
{
    public IGrainFactory Grains { get; } = grains;

    public TimeProvider Time { get; } = time;

    public GotapiOptions Options { get; } = options.Value;

    public TenantDirectory Tenants { get; } = tenants;

    public TenantShares Shares { get; } = shares;

    public ILogger Logger { get; } = logger;

    public ServerIdentity Identity { get; } = identity;
}
