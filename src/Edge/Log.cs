using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Gatt;
using Dwapi.Edge.Link;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge;

/// <summary>Everything the edge logs. No measured value, token or key.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "The outbox could not be written (SQLite {Code}): {Message}")]
    public static partial void OutboxCommitFailed(ILogger logger, int code, string message);

    [LoggerMessage(2, LogLevel.Warning, "The server refused item {Sequence}: {Reason}")]
    public static partial void ItemRefused(ILogger logger, long sequence, string reason);

    [LoggerMessage(EventId = 3, Message = "Link to {Server}: {State}{Reason}")]
    public static partial void LinkState(ILogger logger, LogLevel level, Uri server, LinkState state, string reason);

    [LoggerMessage(4, LogLevel.Debug, "{ServiceId} says in {Characteristic:X4} that it has no result")]
    public static partial void NoValue(ILogger logger, string serviceId, ushort characteristic);

    [LoggerMessage(5, LogLevel.Warning, "A payload of {ServiceId} in {Characteristic:X4} is refused: {Fault}")]
    public static partial void PayloadRefused(ILogger logger, string serviceId, ushort characteristic, GattFault fault);

    [LoggerMessage(6, LogLevel.Error, "A source of measurements ended: {Message}")]
    public static partial void SourceFailed(ILogger logger, string message);

    [LoggerMessage(7, LogLevel.Warning, "A measurement of {ServiceId} could not be kept")]
    public static partial void NotKept(ILogger logger, string serviceId);

    [LoggerMessage(8, LogLevel.Error, "A fault of the edge ended a connection")]
    public static partial void LinkFault(ILogger logger, Exception fault);

    [LoggerMessage(EventId = 9, Message = "Bluetooth is {State}. {Problem}")]
    public static partial void BluetoothState(ILogger logger, LogLevel level, BluetoothState state, string problem);

    [LoggerMessage(10, LogLevel.Warning, "Bluetooth: {Message}")]
    public static partial void BluetoothFault(ILogger logger, string message);

    [LoggerMessage(11, LogLevel.Information, "{Address} is connected as {ServiceId}")]
    public static partial void DeviceConnected(ILogger logger, BluetoothAddress address, string serviceId);

    [LoggerMessage(12, LogLevel.Information, "{Address} is disconnected: {Reason}; {Values} values came")]
    public static partial void DeviceDisconnected(ILogger logger, BluetoothAddress address, string reason, long values);

    [LoggerMessage(13, LogLevel.Warning, "{Address}: {Message} Next try in {Pause}")]
    public static partial void DeviceFailed(ILogger logger, BluetoothAddress address, string message, TimeSpan pause);

    [LoggerMessage(14, LogLevel.Warning, "{Address}: {Message}")]
    public static partial void DeviceWithout(ILogger logger, BluetoothAddress address, string message);

    [LoggerMessage(EventId = 20, Message = "{Address}: {Outcome}")]
    public static partial void DeviceEnergy(ILogger logger, LogLevel level, BluetoothAddress address, string outcome);

    [LoggerMessage(16, LogLevel.Error, "{Count} continuous values (heart rate, oximetry) gave way: the outbox is above {Megabytes} MB. Bring the server or the line back, or give it more room (OutboxMegabytes)")]
    public static partial void OutboxThinned(ILogger logger, long count, long megabytes);

    [LoggerMessage(17, LogLevel.Information, "{ServiceId} is {State}")]
    public static partial void PrinterOnline(ILogger logger, string serviceId, string state);

    [LoggerMessage(18, LogLevel.Warning, "{ServiceId}: {Message}")]
    public static partial void PrinterFault(ILogger logger, string serviceId, string message);

    [LoggerMessage(19, LogLevel.Error, "{ServiceId} failed at the edge and begins anew in {Seconds} s")]
    public static partial void PrinterEnded(ILogger logger, Exception fault, string serviceId, double seconds);

    [LoggerMessage(31, LogLevel.Warning, "Job {JobId}: what {Commands} do cannot be seen before the print; they are the printer's own")]
    public static partial void GcodeUnseen(ILogger logger, string jobId, string commands);

    [LoggerMessage(15, LogLevel.Information, "{Address} is heard and not relayed until it is allowed: dwapi-edge devices --allow {Address}")]
    public static partial void DeviceUnknown(ILogger logger, BluetoothAddress address);
}
