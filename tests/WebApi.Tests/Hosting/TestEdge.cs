using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Dwapi.Gotapi.Health;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.WebApi.Tests.Hosting;

/// <summary>An enrolled edge with its link up, and its devices.</summary>
public sealed class TestEdge
{
    private readonly GotapiHost _host;
    private readonly ProbeLink _link = new();
    private readonly PluginApproval _approval;
    private readonly string _linkId;

    private TestEdge(GotapiHost host, string edgeId, PluginApproval approval)
    {
        _host = host;
        EdgeId = edgeId;
        _approval = approval;
        _linkId = "link-" + edgeId;
    }

    public string EdgeId { get; }

    public IEdgeGrain Grain => _host.Edge(EdgeId);

    /// <summary>What the plug-in was asked.</summary>
    public List<PluginCall> Calls { get; } = [];

    /// <summary>How the plug-in answers.</summary>
    public Func<PluginCall, PluginAnswer> Answer { get; set; } = _ => Done("");

    public static PluginAnswer Done(string members, string clientId = "", string token = "") =>
        new(0, "", clientId, token, Encoding.UTF8.GetBytes(members));

    public static PluginAnswer Fails(int error) => new(error, "no", "", "", default);

    public static async Task<TestEdge> Connect(GotapiHost host, string? edgeId = null, PluginApproval approval = PluginApproval.Automatic)
    {
        var edge = new TestEdge(host, edgeId ?? "edge-" + Guid.NewGuid().ToString("N")[..8], approval);
        var key = await host.TenantGrain.EnrolEdge(edge.EdgeId, edge.EdgeId);
        edge._link.Answer = call =>
        {
            lock (edge.Calls)
            {
                edge.Calls.Add(call);
            }

            return Task.FromResult(edge.Answer(call));
        };
        var hello = new EdgeHello(SHA256.HashData(Encoding.UTF8.GetBytes(key)), "epoch", 0, edge.EdgeId, "dwapi-edge", "0.1.0", approval);
        var result = await edge.Grain.Connect(hello, host.Client.CreateObjectReference<IEdgeLink>(edge._link), edge._linkId);
        Assert.Equal(0, result.ErrorCode);
        return edge;
    }

    /// <summary>What a node does every 5 s: an edge that is silent for 15 s is not connected.</summary>
    public Task Renew() => Grain.Renew(_linkId);

    public Task Disconnect() => Grain.Disconnect(_linkId);

    /// <summary>A device of a health attribute.</summary>
    public async Task<TestDevice> AddHealth(HealthAttribute attribute, string? serviceId = null, string type = "BLE")
    {
        var id = serviceId ?? $"{attribute.Name}:{Guid.NewGuid().ToString("N")[..12]}";
        var device = new DeviceObject { ProductName = attribute.Title, SerialNumber = id };
        var service = Service(id, type, [.. attribute.DiscoveryScopes.Where(scope => !scope.OnlyIfOffered).Select(scope => scope.Name)], "health", attribute.Name) with
        {
            Device = HealthSlices.Inner(DeviceObjectWriter.ToUtf8(device, attribute.HasModelName)),
        };
        await Announce(service);
        return new TestDevice(_host, EdgeId, id, attribute);
    }

    /// <summary>A service of a profile that the server does not know.</summary>
    public async Task<string> AddForeign(string profile = "light", params ImmutableArray<string> attributes)
    {
        var id = $"{profile}:{Guid.NewGuid().ToString("N")[..12]}";
        await Announce(Service(id, "WiFi", [profile], profile, [.. attributes]));
        return id;
    }

    public Task Announce(ServiceRegistration service) => Grain.Announce(_linkId, [service], [], complete: false);

    /// <summary>A service of no attribute.</summary>
    public ServiceRegistration Service(string serviceId) => Service(serviceId, "BLE", [], "light");

    public Task Remove(string serviceId) => Grain.Announce(_linkId, [], [serviceId], complete: false);

    private ServiceRegistration Service(string id, string type, ImmutableArray<string> scopes, string profile, params ImmutableArray<string> attributes) => new(
        id, EdgeId, "Name of " + id, "Maker", "1.0", type, Online: true, scopes, [new ServiceProfile(profile, attributes)], default, _approval);
}
