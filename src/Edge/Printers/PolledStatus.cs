using System.Runtime.CompilerServices;
using Dwapi.Edge.Signals;

namespace Dwapi.Edge.Printers;

/// <summary>Watches a printer that does not push: asks again and again, at longer and longer intervals while it does not answer.</summary>
internal static class PolledStatus
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Readings until cancelled; what is unreachable is one too.</summary>
    /// <param name="ask">Asks for one.</param>
    /// <param name="every">Interval.</param>
    /// <param name="soon">Raised when something was just done to the printer: it is asked at once.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async IAsyncEnumerable<PrinterReading> WatchAsync(
        Func<CancellationToken, Task<PrinterReading>> ask, TimeSpan every, Pulse soon, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pause = every;
        while (true)
        {
            var at = soon.Next;
            PrinterReading reading;
            try
            {
                reading = await ask(cancellationToken).ConfigureAwait(false);
                pause = every;
            }
            catch (PrinterException e)
            {
                reading = PrinterReading.Unreachable(e.Message);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }

            yield return reading;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(at, Task.Delay(pause * (0.9 + (Random.Shared.NextDouble() / 5)), time, stop.Token)).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
