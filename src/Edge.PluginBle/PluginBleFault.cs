using System.Globalization;
using System.Text.RegularExpressions;
using Dwapi.Edge.Bluetooth;

namespace Dwapi.Edge.PluginBle;

/// <summary>
/// What the faults of Plugin.BLE mean. Reads and writes give the ATT error as their result code on Android and Apple's systems;
/// everything else, and all of Windows, throws, with the reason in the text.
/// </summary>
internal static partial class PluginBleFault
{
    private static readonly (string Text, BluetoothFault Fault)[] Texts =
    [
        ("Insufficient Auth", BluetoothFault.NeedsPairing),
        ("Insufficient Encryption", BluetoothFault.NeedsPairing),
        ("Not Permitted", BluetoothFault.NotSupported),
        ("Not Supported", BluetoothFault.NotSupported),
        ("does not support", BluetoothFault.NotSupported),
        ("AccessDenied", BluetoothFault.Forbidden),
        ("Unreachable", BluetoothFault.Gone),
        ("disconnected while", BluetoothFault.Gone),
    ];

    /// <summary>The exception as one of the radio.</summary>
    public static BluetoothException Of(Exception error) => new(FaultOf(error), error.Message, error);

    /// <summary>A result code other than 0.</summary>
    /// <param name="code">The code of the platform.</param>
    /// <param name="refused">What it refused, for people.</param>
    public static BluetoothException Of(int code, string refused) =>
        new(FaultOf(code), string.Create(CultureInfo.InvariantCulture, $"The device refused {refused} (code 0x{code:x2})"));

    private static BluetoothFault FaultOf(Exception error) => error switch
    {
        // Windows: what the connection was made of is disposed of when it ends.
        ObjectDisposedException => BluetoothFault.Gone,
        UnauthorizedAccessException => BluetoothFault.Forbidden,

        // Android: the permission BLUETOOTH_CONNECT or BLUETOOTH_SCAN is missing. The type is one of Java.
        { } thrown when thrown.GetType().Name == "SecurityException" => BluetoothFault.Forbidden,
        { } thrown when Code().Match(thrown.Message) is { Success: true } match
            && int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var code) => FaultOf(code),
        { } thrown => Texts.FirstOrDefault(text => thrown.Message.Contains(text.Text, StringComparison.OrdinalIgnoreCase)) is { Text: not null } known
            ? known.Fault : BluetoothFault.Failed,
    };

    // ATT errors (Core, Vol 3, Part F, 3.4.1.1); 0x89 is Android's own for a pairing that failed.
    private static BluetoothFault FaultOf(int code) => code switch
    {
        0x05 or 0x08 or 0x0C or 0x0F or 0x89 => BluetoothFault.NeedsPairing,
        0x02 or 0x03 or 0x06 => BluetoothFault.NotSupported,
        _ => BluetoothFault.Failed,
    };

    [GeneratedRegex(@"(?:GattStatus: |CBATTErrorDomain Code=)(\d+)")]
    private static partial Regex Code();
}
