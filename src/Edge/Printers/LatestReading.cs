using Dwapi.Edge.Signals;

namespace Dwapi.Edge.Printers;

/// <summary>The last thing a printer said, and a way to wait for what it says next.</summary>
internal sealed class LatestReading
{
    private readonly Pulse _changed = new();
    private readonly Pulse _turned = new();
    private volatile PrinterReading? _value;

    /// <summary>The reading; null before the first one.</summary>
    public PrinterReading? Value => _value;

    /// <summary>Ends at the next one.</summary>
    public Task Changed => _changed.Next;

    /// <summary>Ends at the next one in another state; those between, several a second, wake nobody who waits for this.</summary>
    public Task Turned => _turned.Next;

    public void Set(PrinterReading reading)
    {
        var turned = _value?.IsSameState(reading) != true;
        _value = reading;
        _changed.Raise();
        if (turned)
            _turned.Raise();
    }

    /// <summary>Lets everybody look again, although nothing was said.</summary>
    public void Nudge()
    {
        _changed.Raise();
        _turned.Raise();
    }

    /// <summary>Waits for a reading in a state as wanted; the present one counts.</summary>
    public async Task<PrinterReading> UntilAsync(Func<PrinterReading, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var turned = Turned;
            if (_value is { } reading && wanted(reading))
                return reading;
            await turned.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
