using System.CommandLine;
using Dwapi.Edge.Sources.Bluetooth;

namespace Dwapi.Edge.Commands;

/// <summary>The options that say which radio a command uses.</summary>
/// <param name="open">Opens it.</param>
internal sealed class RadioArguments(RadioFactory open)
{
    // Longer ones are no time of the clock; 0 has no end.
    private const double LongestSeconds = 4_000_000;

    private readonly Option<string?> _adapter = new("--adapter") { Description = "The adapter, for example hci0; the first without it." };
    private readonly Option<string?> _bus = new("--bus") { Description = "Address of the bus on which bluetoothd is; the system bus without it." };

    private readonly Option<double> _seconds = new("--seconds")
    {
        Description = "End after so many seconds; 0 for no end.",
        DefaultValueFactory = _ => 10,
    };

    /// <summary>What to say where there is no <see cref="Limit"/>.</summary>
    public static string WrongSeconds { get; } = $"--seconds is 0, for no end, to {LongestSeconds:0}.";

    /// <summary>Opens the radio.</summary>
    public RadioFactory Open { get; } = open;

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        AddRadioTo(command);
        command.Options.Add(_seconds);
    }

    /// <summary>Adds those of the radio alone.</summary>
    public void AddRadioTo(Command command)
    {
        command.Options.Add(_adapter);
        command.Options.Add(_bus);
    }

    /// <summary>The settings they make.</summary>
    public BluetoothOptions Read(ParseResult parsed) => new() { Enabled = true, Adapter = parsed.GetValue(_adapter), Bus = parsed.GetValue(_bus) };

    /// <summary>Ends when the time is over, or the user says so.</summary>
    /// <returns>Null if that is no time.</returns>
    public CancellationTokenSource? Limit(ParseResult parsed, CancellationToken cancellationToken)
    {
        var seconds = parsed.GetValue(_seconds);
        if (seconds is not (>= 0 and <= LongestSeconds))
            return null;
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (seconds > 0)
            limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        return limit;
    }
}
