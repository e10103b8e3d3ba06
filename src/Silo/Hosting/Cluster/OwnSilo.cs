using System.Net;
using System.Net.Sockets;

namespace Dwapi.Silo.Hosting.Cluster;

/// <summary>A silo without a cluster: on free ports of loopback, so that several can run on a machine; who subscribed is forgotten with it.</summary>
internal static class OwnSilo
{
    /// <summary>Adds it.</summary>
    public static void UseOwnSilo(this ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(FreePort(), FreePort());
        silo.AddMemoryGrainStorage(ClusterSilo.PubSubStorage);
        silo.UseInMemoryReminderService();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
