using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Dwapi.Edge.Printers.Connections;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Moonraker;

/// <summary>Klipper's objects as a reading (printing-3dp 4.6). A pure function of what was merged so far.</summary>
internal static class MoonrakerStatus
{
    /// <summary>Prefix of the names of sensors that see whether there is filament.</summary>
    public const string SwitchSensor = "filament_switch_sensor ";

    /// <summary>Prefix of those that see whether it moves.</summary>
    public const string MotionSensor = "filament_motion_sensor ";

    // A heater that has reached its target wavers about it: Klipper's simplest control by 2 degrees.
    private const double Wavers = 3;

    private static readonly string[] Heater = ["temperature", "target"];
    private static readonly string[] Sensor = ["filament_detected", "enabled"];

    /// <summary>Moonraker is there, and Klipper is not.</summary>
    public static PrinterReading NoKlipper { get; } =
        PrinterReading.Unreachable("Klipper is not connected to Moonraker. Check the service and the cable of the printer.");

    /// <summary>Klipper is there, and its printer is not yet: its objects say nothing so far.</summary>
    public static PrinterReading Starting { get; } =
        PrinterReading.Unreachable("Klipper starts. If that does not end, its controller (MCU) does not answer: check the printer's power and cable.");

    /// <summary>The objects to ask for, of those that a printer has, and the fields of them that are read: others change four times a second for nothing.</summary>
    public static IEnumerable<(string Name, string[] Fields)> Wanted(IEnumerable<string> objects) =>
        objects.Distinct().Select(name => (name, FieldsOf(name))).Where(wanted => wanted.Item2.Length > 0);

    /// <summary>Puts what changed over what was known.</summary>
    public static void Merge(JsonObject state, JsonObject changes)
    {
        foreach (var (name, fields) in changes)
        {
            if (fields is not JsonObject changed)
                continue;
            if (state[name] is not JsonObject known)
                state[name] = known = [];
            foreach (var (field, value) in changed)
                known[field] = value?.DeepClone();
        }
    }

    /// <summary>The reading.</summary>
    /// <param name="state">The merged objects.</param>
    /// <param name="queue">Files in Moonraker's own queue.</param>
    public static PrinterReading Read(JsonObject state, ImmutableArray<string> queue)
    {
        var (webhooks, stats) = (state["webhooks"] as JsonObject, state["print_stats"] as JsonObject);
        var klippy = PrinterJson.Text(webhooks, "state", "ready");
        if (klippy == "startup")
            return Starting;
        var print = PrinterJson.Text(stats, "state", "standby");
        var troubles = Troubles(state, klippy, print).ToImmutableArray();

        // Before it has configured its controller Klipper calls every temperature 0.
        var (tools, bed) = klippy == "error" ? ([], null) : (Tools(state), state["heater_bed"] as JsonObject);
        var occupied = klippy == "ready" && print is "printing" or "paused";
        var progress = PrinterJson.Number(state["virtual_sdcard"] as JsonObject, "progress");
        var elapsed = PrinterJson.Number(stats, "print_duration");
        return new PrinterReading
        {
            Status = Status(state, klippy, print, troubles, tools),
            FileName = PrinterJson.Text(stats, "filename") is { Length: > 0 } name ? name : null,
            Occupied = occupied,
            Message = klippy == "ready" ? PrinterJson.Text(stats, "message") : PrinterJson.Text(webhooks, "state_message"),
            Progress = occupied ? progress : null,
            Elapsed = occupied ? elapsed : null,
            Remaining = occupied && progress is > 0.01 and <= 1 && elapsed is > 0 ? Math.Round((elapsed.Value / progress.Value) - elapsed.Value) : null,
            Tools = tools,
            Bed = PrinterJson.Number(bed, "temperature"),
            BedTarget = PrinterJson.Number(bed, "target"),
            Chamber = PrinterJson.Number(state.FirstOrDefault(item => IsChamber(item.Key)).Value as JsonObject, "temperature"),
            Troubles = troubles,
            Queue = queue,
        };
    }

    private static OperatingStatus Status(
        JsonObject state, string klippy, string print, ImmutableArray<PrinterTrouble> troubles, ImmutableArray<ToolTemperature> tools)
    {
        // After a shutdown print_stats keeps what it said last: the state of Klipper itself comes first.
        if (klippy != "ready")
            return OperatingStatus.Error;
        return print switch
        {
            "printing" when PrinterJson.Number(state["print_stats"] as JsonObject, "print_duration") is null or 0 =>
                tools.Any(tool => tool.Target > tool.Actual + Wavers) || Cold(state) ? OperatingStatus.Heating : OperatingStatus.Preparing,
            "printing" => OperatingStatus.Printing,
            "paused" => troubles.IsEmpty ? OperatingStatus.Paused : OperatingStatus.Attention,
            "complete" => OperatingStatus.Finished,
            "cancelled" => OperatingStatus.Stopped,
            "error" => OperatingStatus.Error,
            _ => OperatingStatus.Idle,
        };
    }

    private static bool Cold(JsonObject state) =>
        PrinterJson.Number(state["heater_bed"] as JsonObject, "target") > PrinterJson.Number(state["heater_bed"] as JsonObject, "temperature") + Wavers;

    private static IEnumerable<PrinterTrouble> Troubles(JsonObject state, string klippy, string print)
    {
        if (klippy != "ready")
        {
            var message = PrinterJson.Text(state["webhooks"] as JsonObject, "state_message", klippy);
            yield return new(FirmwareWords.Classify(message, AlertCode.McuShutdown), AlertSeverity.Error, message);
            yield break;
        }

        if (print == "error")
            yield return new(AlertCode.FirmwareError, AlertSeverity.Error, PrinterJson.Text(state["print_stats"] as JsonObject, "message"));
        foreach (var (name, fields) in state)
        {
            if (fields is not JsonObject sensor || PrinterJson.Flag(sensor, "filament_detected") != false || PrinterJson.Flag(sensor, "enabled") == false)
                continue;

            // Without a job an empty printer is no trouble yet.
            var severity = print == "paused" ? AlertSeverity.Error : AlertSeverity.Warning;
            if (name.StartsWith(SwitchSensor, StringComparison.Ordinal))
                yield return new(AlertCode.FilamentOut, severity, $"no filament at {name[SwitchSensor.Length..]}");
            else if (name.StartsWith(MotionSensor, StringComparison.Ordinal) && print is "printing" or "paused")
                yield return new(AlertCode.Jam, severity, $"the filament does not move at {name[MotionSensor.Length..]}");
        }
    }

    private static string[] FieldsOf(string name) => name switch
    {
        "webhooks" => ["state", "state_message"],
        "print_stats" => ["state", "filename", "message", "print_duration"],
        "virtual_sdcard" => ["progress"],
        _ when name == "heater_bed" || IsTool(name) || IsChamber(name) => Heater,
        _ when name.StartsWith(SwitchSensor, StringComparison.Ordinal) || name.StartsWith(MotionSensor, StringComparison.Ordinal) => Sensor,
        _ => [],
    };

    private static ImmutableArray<ToolTemperature> Tools(JsonObject state) =>
    [
        .. state.Where(item => IsTool(item.Key)).OrderBy(item => item.Key.Length).ThenBy(item => item.Key, StringComparer.Ordinal)
            .Select((item, index) => new ToolTemperature(
                index, PrinterJson.Number(item.Value as JsonObject, "temperature"), PrinterJson.Number(item.Value as JsonObject, "target"))),
    ];

    private static bool IsTool(string name) => name.StartsWith("extruder", StringComparison.Ordinal) && name.AsSpan(8).IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsChamber(string name) => name is "heater_generic chamber" or "temperature_sensor chamber" or "temperature_fan chamber";
}
