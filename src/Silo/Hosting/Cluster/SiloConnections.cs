namespace Dwapi.Silo.Hosting.Cluster;

/// <summary>Says in the log when this web node loses its last silo, and when it found one again; its readiness is the check of the web layer.</summary>
internal sealed class SiloConnections(ILogger<SiloConnections> logger) : IClusterConnectionStatusObserver
{
    /// <inheritdoc />
    public void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered)
    {
        if (connectionRecovered)
        {
            Log.SilosFound(logger, currentNumberOfGateways);
        }
    }

    /// <inheritdoc />
    public void NotifyClusterConnectionLost() => Log.SilosLost(logger);
}
