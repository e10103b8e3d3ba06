using Dwapi.Edge.Bluetooth;

namespace Dwapi.Edge.Commands;

/// <summary>
/// Whether a command could use the radio. A person may plug an adapter in and look on; a script wants to know, so that a command which nobody
/// looks at ends where the radio is not there from the beginning. One that goes away later may come back.
/// </summary>
internal sealed class RadioTrouble
{
    private volatile string? _problem;
    private bool _wasOn;

    /// <param name="central">The radio, not yet in use.</param>
    /// <param name="output">Says whether somebody looks on.</param>
    /// <param name="end">Ends the command.</param>
    public RadioTrouble(IBluetoothCentral central, CommandOutput output, CancellationTokenSource end)
    {
        _problem = central.Problem;
        central.StateChanged += () =>
        {
            // At its end the radio says that it is stopped.
            if (end.IsCancellationRequested)
                return;
            _problem = central.Problem;
            _wasOn |= central.State == BluetoothState.On;
            if (central.State == BluetoothState.Unavailable && !_wasOn && !output.IsLive)
                end.CancelAsync();
        };
    }

    /// <summary>Why it could not be used at last; null if it could.</summary>
    public string? Problem => _problem;
}
