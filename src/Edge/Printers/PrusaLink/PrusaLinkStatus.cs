using System.Text.Json.Nodes;
using Dwapi.Edge.Printers.Connections;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.PrusaLink;

/// <summary>The answer to <c>api/v1/status</c> as a reading (printing-3dp 4.6).</summary>
internal static class PrusaLinkStatus
{
    private const double Begun = 1;
    private const double Tolerance = 2;

    /// <summary>Id of the job in the answer; null for none.</summary>
    public static string? JobId(JsonObject status) => PrinterJson.Number(PrinterJson.Object(status, "job"), "id") is { } id ? $"{id:0}" : null;

    /// <summary>True while nothing else can start.</summary>
    public static bool InHand(JsonObject status) => State(status) is "PRINTING" or "PAUSED" or "ATTENTION" or "BUSY";

    /// <summary>IDLE, BUSY ...; "" if the answer is none.</summary>
    public static string State(JsonObject status) => PrinterJson.Text(PrinterJson.Object(status, "printer"), "state").ToUpperInvariant();

    /// <summary>The reading.</summary>
    /// <param name="status">The answer.</param>
    /// <param name="file">The file of its job; null if there is none, or its name is not known.</param>
    /// <param name="last">The file that was in hand last: an ended job is soon gone from the answer.</param>
    public static PrinterReading Read(JsonObject status, string? file, string? last)
    {
        var (printer, job, inHand) = (PrinterJson.Object(status, "printer"), PrinterJson.Object(status, "job"), InHand(status));
        var (nozzle, target) = (PrinterJson.Number(printer, "temp_nozzle"), PrinterJson.Number(printer, "target_nozzle"));
        var (bed, bedTarget) = (PrinterJson.Number(printer, "temp_bed"), PrinterJson.Number(printer, "target_bed"));
        var progress = PrinterJson.Number(job, "progress") is { } percent and >= 0 and <= 100 ? percent / 100 : (double?)null;
        var cold = target > nozzle + Tolerance || bedTarget > bed + Tolerance;
        var state = State(status);
        var told = PrinterJson.Object(printer, "status_printer");
        var words = PrinterJson.Flag(told, "ok") == false ? PrinterJson.Text(told, "message") : "";
        var reading = state switch
        {
            "IDLE" or "READY" => OperatingStatus.Idle,
            "BUSY" => cold ? OperatingStatus.Heating : OperatingStatus.Preparing,
            "PRINTING" => progress is null or < Begun / 100 && cold ? OperatingStatus.Heating : OperatingStatus.Printing,
            "PAUSED" => OperatingStatus.Paused,
            "FINISHED" => OperatingStatus.Finished,
            "STOPPED" => OperatingStatus.Stopped,
            "ATTENTION" => OperatingStatus.Attention,
            _ => OperatingStatus.Error,
        };
        return new PrinterReading
        {
            Status = reading,
            FileName = inHand ? file : reading == OperatingStatus.Idle ? null : file ?? last,
            Occupied = inHand,
            Message = words,
            Progress = inHand ? progress : null,
            Elapsed = inHand ? PrinterJson.Number(job, "time_printing") : null,
            Remaining = inHand ? PrinterJson.Number(job, "time_remaining") : null,
            Tools = nozzle is null && target is null ? [] : [new ToolTemperature(0, nozzle, target)],
            Bed = bed,
            BedTarget = bedTarget,
            Troubles = [.. Troubles(reading, state, words)],
        };
    }

    private static IEnumerable<PrinterTrouble> Troubles(OperatingStatus reading, string state, string words)
    {
        if (reading == OperatingStatus.Error)
        {
            var message = words.Length > 0 ? words : $"the printer says {state}: look at its display";
            yield return new(FirmwareWords.Classify(message, AlertCode.FirmwareError), AlertSeverity.Error, message);
        }
        else if (reading == OperatingStatus.Attention)
        {
            // It does not say for what: no filament, or a question.
            yield return new(AlertCode.FilamentOut, AlertSeverity.Error, $"the printer waits for a person, most often for filament: look at its display{(words.Length > 0 ? $" ({words})" : "")}");
        }
    }
}
