using System.Text.Json;
using Dwapi.EndToEnd.Tests.Hosts;

namespace Dwapi.Cluster.Tests.Processes;

/// <summary>Reads an application's socket from the start on, as a live application does: events of one device by their sequence.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly EventSocket _socket;

    private EventReader(EventSocket socket) => _socket = socket;

    /// <summary>Opens the socket and monitors a device's temperature.</summary>
    public static async Task<EventReader> OpenAsync(ApplicationClient application, string serviceId)
    {
        var (socket, answer) = await EventSocket.Open(application);
        Assert.Equal(0, answer.GetProperty("result").GetInt32());
        Assert.Equal(0, (await application.Health("PUT", "thermometer", serviceId)).GetProperty("result").GetInt32());
        return new EventReader(socket);
    }

    /// <summary>Reads until a sequence; every event came once, in order, without a hole.</summary>
    public async Task ReadUntilAsync(Func<long> last)
    {
        long? before = null;
        while (before is null || before < last())
        {
            var frame = await _socket.Next();
            Assert.False(frame.TryGetProperty("gap", out _), frame.ToString());
            var sequence = Sequence(frame);
            Assert.Equal(before + 1 ?? sequence, sequence);
            before = sequence;
        }
    }

    public void Dispose() => _socket.Dispose();

    private static long Sequence(JsonElement frame) => frame.GetProperty("sequence").GetInt64();
}
