using System.Collections.Immutable;
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

    /// <summary>The reading.</summary>
    /// <param name="state">The merged objects.</param>
    /// <param name="queue">Files in Moonraker's own queue.</param>
    public static PrinterReading Read(MoonrakerObjects state, ImmutableArray<string> queue)
    {
        var klippy = state.Text("webhooks", "state", "ready");
        if (klippy == "startup")
            return Starting;
        var print = state.Text("print_stats", "state", "standby");
        var troubles = Troubles(state, klippy, print).ToImmutableArray();

        // Before it has configured its controller Klipper calls every temperature 0.
        var unread = klippy == "error";
        ImmutableArray<ToolTemperature> tools = unread ? [] : Tools(state);
        var occupied = klippy == "ready" && print is "printing" or "paused";
        var progress = state.Number("virtual_sdcard", "progress");
        var elapsed = state.Number("print_stats", "print_duration");
        return new PrinterReading
        {
            Status = Status(state, klippy, print, troubles, tools),
            FileName = state.Text("print_stats", "filename") is { Length: > 0 } name ? name : null,
            Occupied = occupied,
            Message = klippy == "ready" ? state.Text("print_stats", "message") : state.Text("webhooks", "state_message"),
            Progress = occupied ? progress : null,
            Elapsed = occupied ? elapsed : null,
            Remaining = occupied && progress is > 0.01 and <= 1 && elapsed is > 0 ? Math.Round((elapsed.Value / progress.Value) - elapsed.Value) : null,
            Tools = tools,
            Bed = unread ? null : state.Number("heater_bed", "temperature"),
            BedTarget = unread ? null : state.Number("heater_bed", "target"),
            Chamber = state.Names.FirstOrDefault(IsChamber) is { } chamber ? state.Number(chamber, "temperature") : null,
            Troubles = troubles,
            Queue = queue,
        };
    }

    private static OperatingStatus Status(
        MoonrakerObjects state, string klippy, string print, ImmutableArray<PrinterTrouble> troubles, ImmutableArray<ToolTemperature> tools)
    {
        // After a shutdown print_stats keeps what it said last: the state of Klipper itself comes first.
        if (klippy != "ready")
            return OperatingStatus.Error;
        return print switch
        {
            "printing" when state.Number("print_stats", "print_duration") is null or 0 =>
                tools.Any(tool => tool.Target > tool.Actual + Wavers) || Cold(state) ? OperatingStatus.Heating : OperatingStatus.Preparing,
            "printing" => OperatingStatus.Printing,
            "paused" => troubles.IsEmpty ? OperatingStatus.Paused : OperatingStatus.Attention,
            "complete" => OperatingStatus.Finished,
            "cancelled" => OperatingStatus.Stopped,
            "error" => OperatingStatus.Error,
            _ => OperatingStatus.Idle,
        };
    }

    private static bool Cold(MoonrakerObjects state) =>
        state.Number("heater_bed", "target") > state.Number("heater_bed", "temperature") + Wavers;

    private static IEnumerable<PrinterTrouble> Troubles(MoonrakerObjects state, string klippy, string print)
    {
        if (klippy != "ready")
        {
            var message = state.Text("webhooks", "state_message", klippy);
            yield return new(FirmwareWords.Classify(message, AlertCode.McuShutdown), AlertSeverity.Error, message);
            yield break;
        }

        if (print == "error")
            yield return new(AlertCode.FirmwareError, AlertSeverity.Error, state.Text("print_stats", "message"));
        foreach (var name in state.Names)
        {
            if (state.Flag(name, "filament_detected") != false || state.Flag(name, "enabled") == false)
                continue;

            // Without a job an empty printer is no trouble yet.
            var severity = print == "paused" ? AlertSeverity.Error : AlertSeverity.Warning;
            if (name.StartsWith(SwitchSensor, StringComparison.Ordinal))
                yield return new(AlertCode.FilamentOut, severity, $"no filament at {name[SwitchSensor.Length..]}");
            else if (name.StartsWith(MotionSensor, StringComparison.Ordinal) && print is "printing" or "paused")
                yield return new(AlertCode.Jam, severity, $"the filament does not move at {name[MotionSensor.Length..]}");
        }
    }

    /// <summary>The fields of an object that are read; none for an object of no use.</summary>
    public static string[] FieldsOf(string name) => name switch
    {
        "webhooks" => ["state", "state_message"],
        "print_stats" => ["state", "filename", "message", "print_duration"],
        "virtual_sdcard" => ["progress"],
        _ when name == "heater_bed" || IsTool(name) || IsChamber(name) => Heater,
        _ when name.StartsWith(SwitchSensor, StringComparison.Ordinal) || name.StartsWith(MotionSensor, StringComparison.Ordinal) => Sensor,
        _ => [],
    };

    private static ImmutableArray<ToolTemperature> Tools(MoonrakerObjects state) =>
    [
        .. state.Names.Where(IsTool).OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal)
            .Select((name, index) => new ToolTemperature(index, state.Number(name, "temperature"), state.Number(name, "target"))),
    ];

    private static bool IsTool(string name) => name.StartsWith("extruder", StringComparison.Ordinal) && name.AsSpan(8).IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsChamber(string name) => name is "heater_generic chamber" or "temperature_sensor chamber" or "temperature_fan chamber";
}
