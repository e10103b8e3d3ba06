using Dwapi.Edge.Signals;

namespace Dwapi.Edge.Printers;

/// <summary>The last thing a printer said, and a way to wait for what it says next.</summary>
internal sealed class LatestReading
{
    private readonly Pulse _changed = new();
    private volatile PrinterReading? _value;

    /// <summary>The reading; null before the first one.</summary>
    public PrinterReading? Value => _value;

    /// <summary>Ends at the next one.</summary>
    public Task Changed => _changed.Next;

    public void Set(PrinterReading reading)
    {
        _value = reading;
        _changed.Raise();
    }

    /// <summary>Lets everybody look again, although nothing was said.</summary>
    public void Nudge() => _changed.Raise();

    /// <summary>Waits for a reading as wanted; the present one counts.</summary>
    public async Task<PrinterReading> UntilAsync(Func<PrinterReading, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Changed;
            if (_value is { } reading && wanted(reading))
                return reading;
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
