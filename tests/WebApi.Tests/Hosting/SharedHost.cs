namespace Dwapi.WebApi.Tests.Hosting;

/// <summary>One host for the tests that change no setting; each brings its own client and its own devices.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    public GotapiHost Host { get; private set; } = null!;

    public TestEdge Edge { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await GotapiHost.Start();
        Edge = await TestEdge.Connect(Host, "shared-edge");
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
