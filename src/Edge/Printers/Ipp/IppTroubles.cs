using System.Collections.Immutable;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Ipp;

/// <summary>printer-state-reasons (RFC 8011 5.4.12, PWG 5100.21) as troubles.</summary>
internal static class IppTroubles
{
    private static readonly string[] Severities = ["-error", "-warning", "-report"];

    /// <summary>A reason without its severity.</summary>
    public static string Bare(string reason) =>
        Severities.FirstOrDefault(end => reason.EndsWith(end, StringComparison.Ordinal)) is { } severity ? reason[..^severity.Length] : reason;

    /// <summary>What is wrong; reports and what belongs to every print are not.</summary>
    public static ImmutableArray<PrinterTrouble> Of(IEnumerable<string> reasons, bool isStopped, string message) =>
    [
        .. reasons.Where(reason => !reason.EndsWith("-report", StringComparison.Ordinal) && !IsUsual(Bare(reason)))
            .Select(reason => new PrinterTrouble(CodeOf(Bare(reason)), SeverityOf(reason, isStopped), message.Length > 0 ? $"{reason}: {message}" : reason)),
    ];

    /// <summary>A person can mend it on the spot: material, door, jam.</summary>
    public static bool NeedsPerson(AlertCode code) => code is AlertCode.FilamentOut or AlertCode.DoorOpen or AlertCode.Jam;

    private static bool IsUsual(string reason) =>
        reason is "none" or "paused" or "moving-to-paused" or "stopped-partly" or "stopping" or "identify-printer-requested" or "resuming" || IsHeating(reason)
        || reason.EndsWith("-cooling", StringComparison.Ordinal);

    /// <summary>extruder-heating, chamber-heating, platform-heating.</summary>
    public static bool IsHeating(string reason) => reason.EndsWith("-heating", StringComparison.Ordinal);

    private static AlertSeverity SeverityOf(string reason, bool isStopped) =>
        reason.EndsWith("-error", StringComparison.Ordinal) ? AlertSeverity.Error
        : reason.EndsWith("-warning", StringComparison.Ordinal) || !isStopped ? AlertSeverity.Warning
        : AlertSeverity.Error;

    private static AlertCode CodeOf(string reason) => reason switch
    {
        "material-empty" or "material-needed" => AlertCode.FilamentOut,
        "material-low" => AlertCode.FilamentLow,
        "cover-open" or "door-open" or "interlock-open" => AlertCode.DoorOpen,
        "spool-area-full" => AlertCode.StorageFull,
        "shutdown" => AlertCode.McuShutdown,
        "connecting-to-device" or "timed-out" => AlertCode.ConnectionLost,
        _ when reason.EndsWith("-temperature-high", StringComparison.Ordinal) => AlertCode.ThermalRunaway,
        _ when reason.EndsWith("-temperature-low", StringComparison.Ordinal) => AlertCode.HeaterFault,
        _ when reason.EndsWith("-jam", StringComparison.Ordinal) => AlertCode.Jam,
        _ when reason.EndsWith("-failure", StringComparison.Ordinal) => AlertCode.FirmwareError,
        _ => AlertCode.Unknown,
    };
}
