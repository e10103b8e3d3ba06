using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Dwapi.VirtualPrinters;

/// <summary>The hand that no real printer has: <c>/virtual</c> shows it, moves its clock, and breaks and mends it.</summary>
internal static class PrinterControl
{
    /// <summary>What can be done to it, with the member that it takes.</summary>
    public static readonly IReadOnlyDictionary<string, string> Faults = new Dictionary<string, string>
    {
        ["filament-out"] = "the filament ends: the print pauses by itself",
        ["jam"] = "the nozzle is stuck: the motion sensor pauses the print",
        ["heater-fault"] = "the extruder's heater gives no heat: Klipper shuts down",
        ["no-trigger"] = "an end stop never triggers: homing fails",
        ["link-loss"] = "no network; the print goes on",
        ["power-cut"] = "no power for `seconds` of the printer: the print is lost",
        ["klipper-restart"] = "Klipper begins anew: the print is lost",
        ["moonraker-restart"] = "Moonraker begins anew: the print goes on, history says interrupted",
        ["repair"] = "everything is mended; a shutdown still needs a firmware restart",
    };

    public static void MapTo(WebApplication application, Func<HttpContext, VirtualPrinter> printerOf)
    {
        application.MapGet("/virtual", context => ShowAsync(context, printerOf(context)));
        application.MapPost("/virtual/{fault}", async context =>
        {
            var printer = printerOf(context);
            var seconds = double.TryParse(context.Request.Query["seconds"], out var given) ? given : 0;
            var known = true;
            lock (printer.Gate)
                known = Do(printer, context.Request.RouteValues["fault"]!.ToString()!, context.Request.Query["scale"], seconds);
            context.Response.StatusCode = known ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
            await ShowAsync(context, printer).ConfigureAwait(false);
        });
    }

    private static bool Do(VirtualPrinter printer, string what, string? scale, double seconds)
    {
        switch (what)
        {
            case "advance":
                printer.Advance(seconds);
                break;
            case "time":
                if (!double.TryParse(scale, out var factor) || factor is < 0 or > 100_000)
                    return false;
                printer.TimeScale = factor;
                break;
            case "filament-out":
                printer.Klipper.Filament = false;
                break;
            case "jam":
                printer.Klipper.Jammed = true;
                break;
            case "heater-fault":
                printer.Klipper.Machine.Extruder.Broken = true;
                break;
            case "no-trigger":
                printer.Klipper.Machine.NoTrigger = true;
                break;
            case "link-loss":
                printer.SetLinkLost(true);
                break;
            case "power-cut":
                printer.CutPower(seconds);
                break;
            case "klipper-restart":
                printer.RestartKlipper();
                break;
            case "moonraker-restart":
                printer.RestartMoonraker();
                break;
            case "repair":
                printer.Repair();
                break;
            default:
                return false;
        }

        return true;
    }

    private static Task ShowAsync(HttpContext context, VirtualPrinter printer)
    {
        JsonObject state;
        lock (printer.Gate)
        {
            state = new JsonObject
            {
                ["reachable"] = printer.Reachable,
                ["timeScale"] = printer.TimeScale,
                ["blocked"] = printer.Klipper.Blocks,
                ["klipper"] = printer.Klipper.State,
                ["print"] = printer.Klipper.Print.State,
                ["fileName"] = printer.Klipper.Print.FileName,
                ["starts"] = printer.History.Count,
                ["uploads"] = printer.Uploads,
                ["faults"] = new JsonObject([.. Faults.Select(fault => KeyValuePair.Create(fault.Key, (JsonNode?)fault.Value))]),
            };
        }

        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(state.ToJsonString());
    }
}
