using Dwapi.Edge.Printers;
using Dwapi.Edge.Tests.Support;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>Watches a printer and lets a test wait for a reading.</summary>
internal sealed class ReadingLog : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IAsyncEnumerator<PrinterReading> _readings;

    public ReadingLog(IPrinterConnector connector) => _readings = connector.WatchStatusAsync(_stop.Token).GetAsyncEnumerator(_stop.Token);

    /// <summary>The next reading that is as wanted; those before it are dropped.</summary>
    public async Task<PrinterReading> UntilAsync(Func<PrinterReading, bool> wanted)
    {
        while (await _readings.MoveNextAsync().AsTask().WaitAsync(Patience.Limit))
        {
            if (wanted(_readings.Current))
                return _readings.Current;
        }

        throw new InvalidOperationException("The watch ended.");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _readings.DisposeAsync();
        }
        catch (OperationCanceledException)
        {
        }

        _stop.Dispose();
    }
}
