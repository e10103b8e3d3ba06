using Dwapi.Grains.Settings;
using Dwapi.WebApi.Management;
using Microsoft.Extensions.Options;

namespace Dwapi.Silo.Hosting;

/// <summary>What the host prints once it serves: where to go and what to type (DECISIONS 38, 39). Never a token.</summary>
internal sealed class Banner(
    IServiceProvider services,
    IHostEnvironment environment,
    IOptions<DwapiOptions> dwapi,
    IOptions<GotapiOptions> gotapi,
    IHostApplicationLifetime lifetime) : IHostedService
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => Console.Out.WriteLine(Text()));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string Text()
    {
        var bound = Addresses.Bound(services);
        var url = Addresses.Local(bound).ToString().TrimEnd('/');
        var option = url == "http://127.0.0.1:4035" ? "" : $" --url {url}";
        return $"""

            Dwapi {SiloHost.Version}, a GotAPI 1.1 server
              environment    {environment.EnvironmentName}
              actor runtime  {ActorRuntime.Name}, roles {dwapi.Value.Roles}
              auto-approval  {Approval()}
              demo devices   {(dwapi.Value.Demo == true ? "on (simulated, one of each kind of health device)" : "off")}
              data           {dwapi.Value.DataDirectory}
              listening      {string.Join(", ", bound)}

            Console: {url}/ (asks for the token in {TokenPath()})
            Try it:
              curl -H 'Origin: http://localhost' {url}/gotapi/availability
              dotnet run --project src/Silo -- try{option}

            """;
    }

    private string TokenPath() => dwapi.Value.AdminTokenPath is { Length: > 0 } path ? path : Path.Combine(dwapi.Value.DataDirectory, AdminToken.FileName);

    private string Approval() => gotapi.Value.Approvals.Count == 0
        ? "off: an operator approves each application"
        : "on for " + string.Join(", ", gotapi.Value.Approvals.SelectMany(static p => p.Origins).Distinct());
}
