using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dwapi.EndToEnd.Tests.Hosts;

namespace Dwapi.EndToEnd.Tests.Tenants;

/// <summary>
/// One server with the tenants north and south beside the default one, each with an edge and a thermometer of the same ids: whatever
/// one of them gets of another's would be seen by its value.
/// </summary>
public sealed class TwoTenants : IAsyncLifetime
{
    public const string North = "north";
    public const string South = "south";
    public const string EdgeId = "ward";
    public const string ServiceId = "thermo-1";

    /// <summary>An origin that the policies of north and south approve.</summary>
    public const string Origin = "https://clinic.example";

    /// <summary>An origin that only the policy of north approves.</summary>
    public const string NorthOnly = "https://north-only.example";

    private readonly List<TenantPlugIn> _plugIns = [];
    private RunningHost _host = null!;

    public Uri Url => _host.Url;

    public string DataDirectory => _host.DataDirectory;

    /// <summary>Key of the edge of north.</summary>
    public string NorthKey { get; private set; } = "";

    internal TenantPlugIn SouthPlugIn => _plugIns[1];

    internal TenantPlugIn NorthPlugIn => _plugIns[0];

    public async ValueTask InitializeAsync()
    {
        _host = await RunningHost.Start(
            environment: "Production",
            demo: false,
            settings:
            [
                "--Tenancy:Tenants:north:HostNames:0=north.example",
                $"--Tenancy:Tenants:north:Approvals:0:Origins:0={Origin}",
                $"--Tenancy:Tenants:north:Approvals:0:Origins:1={NorthOnly}",
                "--Tenancy:Tenants:north:Approvals:0:Scopes:0=*",
                "--Tenancy:Tenants:south:HostNames:0=south.example",
                $"--Tenancy:Tenants:south:Approvals:0:Origins:0={Origin}",
                "--Tenancy:Tenants:south:Approvals:0:Scopes:0=*",
                "--Gotapi:AuthorizationsPerMinute=100000",
            ]);
        NorthKey = await AddEdge(North);
        _plugIns.Add(await TenantPlugIn.Connect(Url, NorthKey, EdgeId, ServiceId));
        _plugIns.Add(await TenantPlugIn.Connect(Url, await AddEdge(South), EdgeId, ServiceId));
        await NorthPlugIn.Measure(36.6m);
    }

    /// <summary>An application at a tenant's host name; with a token unless its origin has to be approved.</summary>
    internal async Task<ApplicationClient> Application(string tenant, string origin = Origin, bool access = true)
    {
        var application = new ApplicationClient(Url, origin);
        application.Http.DefaultRequestHeaders.Host = tenant + ".example";
        if (access)
        {
            await application.RequestAccess("serviceDiscovery,serviceInformation,system,health,light");
        }

        return application;
    }

    /// <summary>The management of a tenant at its path, by the token in a file of the data directory.</summary>
    public HttpClient Management(string tenant, string tokenFile = "admin.token")
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = AddressOf(tenant) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(tokenFile));
        return http;
    }

    /// <summary>Where a tenant is reached by its path; the default one without.</summary>
    public Uri AddressOf(string tenant) => tenant.Length == 0 ? Url : new Uri(Url, $"t/{tenant}/");

    public string Token(string file) => File.ReadAllText(Path.Combine(DataDirectory, file)).Trim();

    public async ValueTask DisposeAsync()
    {
        foreach (var plugIn in _plugIns)
        {
            await plugIn.DisposeAsync();
        }

        await _host.DisposeAsync();
    }

    private async Task<string> AddEdge(string tenant)
    {
        using var management = Management(tenant);
        using var answer = await management.PostAsJsonAsync("api/v1/edges", new { edgeId = EdgeId, name = EdgeId });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }
}
