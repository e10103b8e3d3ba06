using System.Text.Json.Nodes;

namespace Dwapi.VirtualPrinters;

/// <summary>The objects of Klipper that a client can query and subscribe to, as JSON.</summary>
internal static class PrinterObjects
{
    /// <summary>All objects with all fields.</summary>
    public static JsonObject All(VirtualPrinter printer)
    {
        var (klipper, print, machine) = (printer.Klipper, printer.Klipper.Print, printer.Klipper.Machine);
        return new JsonObject
        {
            ["webhooks"] = new JsonObject { ["state"] = klipper.State, ["state_message"] = klipper.StateMessage },
            ["print_stats"] = new JsonObject
            {
                ["filename"] = print.FileName,
                ["total_duration"] = Round(print.TotalDuration),
                ["print_duration"] = Round(print.PrintDuration),
                ["filament_used"] = Round(print.FilamentUsed),
                ["state"] = print.State,
                ["message"] = print.Message,
                ["info"] = new JsonObject { ["total_layer"] = null, ["current_layer"] = null },
            },
            ["virtual_sdcard"] = new JsonObject
            {
                ["file_path"] = print.File is null ? null : printer.Files.PathOf(print.FileName),
                ["progress"] = Math.Round(print.Progress, 6),
                ["is_active"] = print.State == "printing",
                ["file_position"] = print.File?.Position ?? 0,
                ["file_size"] = print.File?.Length ?? 0,
            },
            ["pause_resume"] = new JsonObject { ["is_paused"] = print.State == "paused" },
            ["idle_timeout"] = new JsonObject { ["state"] = print.State == "printing" ? "Printing" : "Ready", ["printing_time"] = Round(print.TotalDuration) },
            ["extruder"] = Heater(machine.Extruder, ("can_extrude", machine.Extruder.Temperature >= GcodeMachine.MinExtrudeTemperature)),
            ["heater_bed"] = Heater(machine.Bed),
            ["toolhead"] = new JsonObject
            {
                ["homed_axes"] = machine.Homed,
                ["axis_minimum"] = Axes([0, 0, 0, 0]),
                ["axis_maximum"] = Axes([.. machine.Size, 0]),
                ["position"] = Axes(machine.Position),
            },
            ["filament_switch_sensor runout"] = new JsonObject { ["filament_detected"] = klipper.Filament, ["enabled"] = true },
            ["filament_motion_sensor encoder"] = new JsonObject { ["filament_detected"] = klipper.FilamentMoves, ["enabled"] = true },
            ["mcu"] = new JsonObject { ["mcu_version"] = "v0.12.0-virtual" },
            ["configfile"] = new JsonObject
            {
                ["settings"] = new JsonObject
                {
                    ["extruder"] = new JsonObject
                    {
                        ["nozzle_diameter"] = 0.4,
                        ["min_extrude_temp"] = GcodeMachine.MinExtrudeTemperature,
                        ["max_temp"] = GcodeMachine.MaxExtruderTemperature,
                    },
                    ["heater_bed"] = new JsonObject { ["max_temp"] = 120.0 },
                    ["printer"] = new JsonObject { ["kinematics"] = "cartesian" },
                },
            },
        };
    }

    /// <summary>The objects and fields that are wanted; null in place of the fields stands for all of them.</summary>
    public static JsonObject Select(JsonObject all, JsonObject wanted)
    {
        var selected = new JsonObject();
        foreach (var (name, fields) in wanted)
        {
            if (all[name] is not JsonObject found)
            {
                // What there is not is there, and empty.
                selected[name] = new JsonObject();
                continue;
            }

            selected[name] = fields is JsonArray some
                ? new JsonObject(some.Select(field => (string)field!).Where(found.ContainsKey).Select(field => KeyValuePair.Create(field, found[field]?.DeepClone())))
                : found.DeepClone();
        }

        return selected;
    }

    /// <summary>The fields of the second that differ from the first; objects without any are left out.</summary>
    public static JsonObject Changes(JsonObject before, JsonObject now)
    {
        var changes = new JsonObject();
        foreach (var (name, fields) in now)
        {
            var changed = new JsonObject(((JsonObject)fields!)
                .Where(field => !JsonNode.DeepEquals(before[name]?[field.Key], field.Value))
                .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
            if (changed.Count > 0)
                changes[name] = changed;
        }

        return changes;
    }

    private static JsonObject Heater(VirtualHeater heater, params (string Name, bool Value)[] more)
    {
        var json = new JsonObject
        {
            ["temperature"] = Round(heater.Temperature),
            ["target"] = heater.Target,
            ["power"] = heater is { Target: > 0, Broken: false } && heater.Temperature < heater.Target ? 1.0 : 0.0,
        };
        foreach (var (name, value) in more)
            json[name] = value;
        return json;
    }

    private static JsonArray Axes(IEnumerable<double> values) => [.. values.Select(value => (JsonNode)value)];

    private static double Round(double value) => Math.Round(value, 2);
}
