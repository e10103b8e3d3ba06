using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.Printing;

/// <summary>One host for the tests of printing, with a content server that needs no token.</summary>
public sealed class PrintingHost : IAsyncLifetime
{
    public GotapiHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await GotapiHost.Start(
        ("Printing:ContentServers:0:Id", "models"),
        ("Printing:ContentServers:0:Name", "Models"),
        ("Printing:ContentServers:0:Url", "https://models.example/"),
        ("Printing:JobsPerApplication", "5"));

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
