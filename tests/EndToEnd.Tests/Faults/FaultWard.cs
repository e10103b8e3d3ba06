using Dwapi.Edge;
using Dwapi.EndToEnd.Tests.Hosts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>An edge in this process that plays a capture to a host, over a line that can be broken.</summary>
internal static class FaultWard
{
    public static async Task<EdgeHost> Edge(
        OperatorClient server, Uri link, string capture, string dataDirectory, int deadAfterSeconds = 15, TimeProvider? time = null) => new(
        new EdgeOptions
        {
            EdgeId = "ward",
            Key = await server.AddEdge("ward"),
            Server = link,
            LongestRetrySeconds = 1,
            DeadAfterSeconds = deadAfterSeconds,
            DataDirectory = dataDirectory,
            TimeZone = "unknown",
            Replay = new ReplayOptions { File = capture, Fast = true },
        },
        NullLoggerFactory.Instance,
        time ?? TimeProvider.System);

    /// <summary>An application that an operator approved for health.</summary>
    public static async Task<ApplicationClient> Application(OperatorClient server, Uri url, string origin = "https://ward.example")
    {
        var application = new ApplicationClient(url, origin);
        var access = application.RequestAccess("health");
        await server.Decide(await server.FirstPendingApproval(), approve: true);
        await access;
        return application;
    }
}
