using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Dwapi.Edge.Resilience;

namespace Dwapi.Edge.Printers.Connections;

/// <summary>
/// Keeps a printer watched: runs one session after the other, with growing pauses while it cannot be reached, and hands on what they read. A
/// session that ends is a reading too: the printer is offline.
/// </summary>
internal static class PrinterWatch
{
    private const int ReadingsAhead = 64;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Readings until cancelled.</summary>
    /// <param name="session">One session: gives each reading to its argument, ends with a <see cref="PrinterException"/> or in order.</param>
    /// <param name="time">The clock of the pauses.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async IAsyncEnumerable<PrinterReading> RunAsync(
        Func<Action<PrinterReading>, CancellationToken, Task> session, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var readings = Channel.CreateBounded<PrinterReading>(new BoundedChannelOptions(ReadingsAhead)
        {
            // A consumer that is slower than its printer sees the latest, not the oldest.
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = KeepConnectedAsync(session, readings.Writer, time, stop.Token);
        try
        {
            await foreach (var reading in readings.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return reading;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task KeepConnectedAsync(
        Func<Action<PrinterReading>, CancellationToken, Task> session, ChannelWriter<PrinterReading> readings, TimeProvider time, CancellationToken cancellationToken)
    {
        var retry = Backoff.Forever<PrinterException>(
            FirstPause, LongestPause, time, fault => readings.TryWrite(PrinterReading.Unreachable(fault.Message)));
        try
        {
            while (true)
            {
                await retry.ExecuteAsync(
                    async stop =>
                    {
                        var connected = false;
                        try
                        {
                            await session(
                                reading =>
                                {
                                    connected = true;
                                    readings.TryWrite(reading);
                                },
                                stop).ConfigureAwait(false);
                        }
                        catch (PrinterException e) when (connected)
                        {
                            // It was a good one: the next round begins with the shortest pause.
                            readings.TryWrite(PrinterReading.Unreachable(e.Message));
                        }
                    },
                    cancellationToken).ConfigureAwait(false);
                await Task.Delay(Random.Shared.NextDouble() * FirstPause, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            readings.TryComplete(cancellationToken.IsCancellationRequested ? null : e);
        }
    }
}
