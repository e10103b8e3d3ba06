using System.Net.WebSockets;
using System.Text.Json;
using Dwapi.EndToEnd.Tests.Hosts;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>10,000 events for a socket whose application reads nothing (1,000 in the short form).</summary>
public sealed class SilentSocketTests
{
    private const int Round = 50;
    private static readonly int Events = LongTests.Wanted ? 10_000 : 1_000;
    private static readonly Ward TheWard = new(1);

    [Fact(Timeout = 1_800_000)]
    public async Task SocketThatDoesNotRead_DisturbsNobody_AndItsApplicationMayResume()
    {
        using var place = new TemporaryPlace();
        await using var host = await RunningHost.Start("Production", demo: false);
        using var server = host.Operator();
        var capture = new CapturePipe(place["capture"]);
        await using var edge = await FaultWard.Edge(server, new UriBuilder(host.Url) { Scheme = "ws" }.Uri, capture.Path, place["edge"]);
        await using var endOfCapture = capture;
        await edge.StartAsync(TestContext.Current.CancellationToken);
        await capture.WriteLineAsync(TheWard.Line(1, DateTimeOffset.UtcNow));
        await capture.FlushAsync();
        await Eventually.True(() => edge.Status.Acknowledged == 1, "the device is known");
        using var silent = await FaultWard.Application(server, host.Url, "https://silent.example");
        using var reading = await FaultWard.Application(server, host.Url, "https://reading.example");
        var (silentSocket, _) = await EventSocket.Open(silent, silent: true);
        var (readingSocket, _) = await EventSocket.Open(reading);
        using var keepReading = readingSocket;
        await silent.Health("PUT", "thermometer", TheWard.ServiceOf(0));
        await reading.Health("PUT", "thermometer", TheWard.ServiceOf(0));
        Assert.Equal(1, Sequence(await readingSocket.Next()));

        for (var seen = 1; seen < Events;)
        {
            var upTo = Math.Min(seen + Round, Events);
            for (var sent = seen + 1; sent <= upTo; sent++)
            {
                await capture.WriteLineAsync(TheWard.Line(sent, DateTimeOffset.UtcNow));
            }

            await capture.FlushAsync();
            while (seen < upTo)
            {
                Assert.Equal(++seen, Sequence(await readingSocket.Next()));
            }
        }

        JsonElement last;
        using (silentSocket)
        {
            last = await ReadFirstHalf(silentSocket);
        }

        using (var again = await EventSocket.Reopen(silent))
        {
            await silent.Health("PUT", "thermometer", TheWard.ServiceOf(0), $"&since={last.GetProperty("cursor").GetString()}");
            for (var next = Sequence(last) + 1; next <= Events; next++)
            {
                Assert.Equal(next, Sequence(await again.Next()));
            }
        }
    }

    private static long Sequence(JsonElement frame) => frame.GetProperty("sequence").GetInt64();

    /// <summary>
    /// What the buffers of the silent socket hold, half of the events at most: in order, every hole named by the frame behind it. The last
    /// frame before a hole.
    /// </summary>
    private static async Task<JsonElement> ReadFirstHalf(EventSocket socket)
    {
        var last = await socket.Next();
        try
        {
            while (Sequence(last) < Events / 2)
            {
                var frame = await socket.Next();
                if (Sequence(frame) != Sequence(last) + 1)
                {
                    Assert.True(Sequence(frame) > Sequence(last) && frame.GetProperty("gap").GetBoolean(), "a hole that is not named");
                    return last;
                }

                last = frame;
            }
        }
        catch (Exception e) when (e is WebSocketException or Xunit.Sdk.NotNullException)
        {
            // The server gave it up: it answered no ping. What had arrived before is what the application has.
        }

        return last;
    }
}
