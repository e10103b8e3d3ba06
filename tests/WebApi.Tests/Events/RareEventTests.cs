using Dwapi.Gotapi.Health;
using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.Events;

/// <summary>
/// Orleans only, on the real clock: its memory streams forget a stream that is quiet, and may lose the event that wakes it. A device that
/// reports rarely must not lose any by it.
/// </summary>
public sealed class RareEventTests
{
    private static readonly TimeSpan Rarely = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task QuietStream_OneEventEvery5Seconds_NoneIsMissed()
    {
        await using var host = await GotapiHost.Start(TimeProvider.System, TestSilo.ForgetfulStreams);
        var edge = await TestEdge.Connect(host);
        var device = await edge.AddHealth(HealthAttributes.Thermometer);
        using var application = await Application.WithAccess(host);
        await using var socket = await TestSocket.Connect(application);
        await application.Put(device.Path, device.Query);
        using var timer = new PeriodicTimer(Rarely);
        for (var sequence = 1; sequence <= 4; sequence++)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            await device.Measure($"36.{sequence}");

            var frame = await socket.Next();
            Assert.Equal(sequence, frame.GetProperty("sequence").GetInt32());
            Assert.False(frame.TryGetProperty("gap", out _));
        }
    }
}
