using System.Text.Json;
using Dwapi.EndToEnd.Tests.Faults;

namespace Dwapi.EndToEnd.Tests.Hosts;

/// <summary>edge.json of an edge that is a process of its own.</summary>
internal static class EdgeSettings
{
    public const string EdgeId = "ward";

    /// <summary>Enrols the edge at a host and writes its settings beside the data of the host.</summary>
    /// <returns>The file, and the key in it.</returns>
    public static async Task<(string Path, string Key)> WriteAsync(HostProcess host, object bluetooth, params object[] printers)
    {
        using var @operator = host.Operator();
        var path = Path.Combine(host.DataDirectory, "edge.json");
        var key = await @operator.AddEdge(EdgeId);
        var settings = JsonSerializer.Serialize(new { server = host.Link, edgeId = EdgeId, key, dataDirectory = "edge", bluetooth, printers });
        await File.WriteAllTextAsync(path, settings, TestContext.Current.CancellationToken);
        return (path, key);
    }
}
