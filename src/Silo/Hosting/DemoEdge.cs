using System.Security.Cryptography;
using Dwapi.Edge;
using Dwapi.Gotapi.Frames;
using Dwapi.Grains.Settings;
using Dwapi.Grains.Tenants;
using Microsoft.Extensions.Options;

namespace Dwapi.Silo.Hosting;

/// <summary>
/// The in-process edge with simulated devices. It starts after the host serves and uses the real WebSocket to the bound address; its key
/// is made anew at each start and stays in memory (DECISIONS 29, 33).
/// </summary>
internal sealed class DemoEdge(
    IServiceProvider services,
    IGrainFactory grains,
    IOptions<DwapiOptions> options,
    IOptions<TenancyOptions> tenancy,
    TlsCertificate certificate,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers,
    TimeProvider time) : BackgroundService
{
    private const string EdgeId = "demo";
    private const string Name = "Demo devices";

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Demo != true || tenancy.Value.Default.Length == 0)
        {
            return;
        }

        if (!await Started(stoppingToken))
        {
            return;
        }

        var key = await grains.GetGrain<ITenantGrain>(tenancy.Value.Default).EnrolEdge(EdgeId, Name);
        var address = Addresses.Local(Addresses.Bound(services));
        await using var edge = new EdgeHost(Settings(address, key), loggers, time);
        await edge.RunAsync(stoppingToken);
    }

    private async Task<bool> Started(CancellationToken stoppingToken)
    {
        var decided = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = lifetime.ApplicationStarted.Register(() => decided.TrySetResult(true));
        await using var stopped = stoppingToken.Register(() => decided.TrySetResult(false));
        return await decided.Task;
    }

    private EdgeOptions Settings(Uri address, string key) => new()
    {
        EdgeId = EdgeId,
        Name = Name,
        Key = key,
        Server = new UriBuilder(address) { Scheme = Tls(address) ? "wss" : "ws", Path = LinkLimits.Path }.Uri,
        CertificateThumbprint = Tls(address) ? certificate.Value.GetCertHashString(HashAlgorithmName.SHA256) : null,
        DataDirectory = Path.Combine(options.Value.DataDirectory, "demo-edge"),
        Simulators = new SimulatorOptions { Kinds = ["all"], Devices = 7 },
    };

    private static bool Tls(Uri address) => address.Scheme == Uri.UriSchemeHttps;
}
