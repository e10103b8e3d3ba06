using System.Text.Json;
using Dwapi.EndToEnd.Tests.Faults;

namespace Dwapi.EndToEnd.Tests.Hosts;

/// <summary>edge.json of an edge that is a process of its own.</summary>
internal static class EdgeSettings
{
    public const string EdgeId = "ward";

    /// <summary>Enrols the edge at a host and writes its settings beside the data of the host.</summary>
    /// <returns>The file, and the key in it.</returns>
    public static Task<(string Path, string Key)> WriteAsync(HostProcess host, object bluetooth, params object[] printers) =>
        WriteAsync(host, EdgeId, "edge", bluetooth, printers);

    /// <summary>The same for one of several edges.</summary>
    /// <param name="host">The host.</param>
    /// <param name="edgeId">Its id.</param>
    /// <param name="name">Name of its file and of its data directory.</param>
    /// <param name="bluetooth">Its Bluetooth.</param>
    /// <param name="printers">Its printers.</param>
    public static async Task<(string Path, string Key)> WriteAsync(HostProcess host, string edgeId, string name, object bluetooth, object[] printers)
    {
        using var @operator = host.Operator();
        var path = Path.Combine(host.DataDirectory, name + ".json");
        var key = await @operator.AddEdge(edgeId);
        var settings = JsonSerializer.Serialize(
            new { server = host.Link, edgeId, key, dataDirectory = name, longestRetrySeconds = 1, bluetooth, printers });
        await File.WriteAllTextAsync(path, settings, TestContext.Current.CancellationToken);
        return (path, key);
    }
}
