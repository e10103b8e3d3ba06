using System.Text.Json;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>An outbox as the product's own command shows it, whether its edge lives or was killed.</summary>
internal static class EdgeOutbox
{
    /// <summary>How many measurements reached it so far.</summary>
    public static async Task<long> Last(string path) => (await Read(path)).GetProperty("last").GetInt64();

    /// <summary>How many of them are not acknowledged.</summary>
    public static async Task<long> Waiting(string path) => (await Read(path)).GetProperty("waiting").GetInt64();

    private static async Task<JsonElement> Read(string path)
    {
        await using var command = new ChildProcess(ChildProcess.Program("Edge", "dwapi-edge.dll"), "outbox", "--outbox", path, "--json");
        Assert.Equal(0, await command.ExitAsync());
        return JsonSerializer.Deserialize<JsonElement>(command.Output);
    }
}
