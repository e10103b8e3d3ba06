using System.Security.Cryptography;
using Dwapi.ContentServer;
using Dwapi.Grains.Settings;
using Microsoft.Extensions.Options;

namespace Dwapi.Silo.Hosting;

/// <summary>
/// The content server of the all-in-one host: offered to every tenant once the addresses are bound. Its login is made anew at each start and
/// stays in memory. It is offered in clear text on loopback only, as nobody else trusts a self-made certificate.
/// </summary>
internal sealed class OwnContentServer(
    IServiceProvider services, IOptions<PrintingOptions> printing, IOptions<DwapiOptions> options, ContentServerLogin login) : IHostedLifecycleService
{
    private const string Id = "dwapi";

    /// <summary>A login that nobody knows but this process.</summary>
    public static ContentServerLogin NewLogin() => new(Id, RandomNumberGenerator.GetHexString(64, lowercase: true));

    /// <summary>Whether this host has one: by setting, else with the demo devices.</summary>
    public static bool IsWanted(PrintingOptions printing, DwapiOptions options) => printing.OwnContentServer ?? options.Demo is true;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var bound = Addresses.Bound(services);
        if (!IsWanted(printing.Value, options.Value) || bound.Count == 0 || Addresses.Local(bound) is not { Scheme: "http", IsLoopback: true } address)
        {
            return Task.CompletedTask;
        }

        var server = new ContentServerOptions
        {
            Id = Id,
            Name = "Models of this server",
            Kind = "oauth",
            Url = new Uri(address, ContentServerExtensions.Path + "/").AbsoluteUri,
            ClientId = login.ClientId,
            ClientSecret = login.ClientSecret,
        };
        server.FileTypes.Add("model/stl");
        server.FileTypes.Add("text/x.gcode");
        printing.Value.Offer(server);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
