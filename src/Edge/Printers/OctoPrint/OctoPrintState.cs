using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Dwapi.Edge.Printers.Connections;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.OctoPrint;

/// <summary>What OctoPrint says of its printer, in the shape in which both its REST answers and its push messages say it.</summary>
internal sealed record OctoPrintState
{
    // Until here a print that waits for a heater has only begun: the first lines of a file are temperatures. In a small file these are more of it, but
    // OctoPrint counts no seconds until the next line after them is sent.
    private const double Begun = 1;
    private const double Tolerance = 2;

    /// <summary>State in words: Operational, Printing, Offline after error ...</summary>
    public string Text { get; init; } = "";

    /// <summary>The firmware's last words; "" for none.</summary>
    public string Error { get; init; } = "";

    /// <summary>The object <c>flags</c>; null when the printer is not operational and REST does not tell.</summary>
    public JsonObject? Flags { get; init; }

    /// <summary>The file that is selected; null for none.</summary>
    public string? File { get; init; }

    /// <summary>Per cent of the file that is sent: 100 says nothing about success.</summary>
    public double? Completion { get; init; }

    /// <summary>Seconds.</summary>
    public double? PrintTime { get; init; }

    /// <summary>Seconds.</summary>
    public double? PrintTimeLeft { get; init; }

    /// <summary>Temperatures: tool0, tool1 ..., bed, chamber.</summary>
    public JsonObject? Temperatures { get; init; }

    /// <summary>From the answers to <c>api/printer</c> (null: 409) and <c>api/job</c>.</summary>
    public static OctoPrintState OfRest(JsonObject? printer, JsonObject job)
    {
        var state = PrinterJson.Object(printer, "state");
        return new OctoPrintState
        {
            Text = PrinterJson.Text(state, "text", PrinterJson.Text(job, "state")),
            Error = PrinterJson.Text(state, "error", PrinterJson.Text(job, "error")),
            Flags = PrinterJson.Object(state, "flags"),
            Temperatures = PrinterJson.Object(printer, "temperature"),
        }.With(PrinterJson.Object(job, "job"), PrinterJson.Object(job, "progress"));
    }

    /// <summary>With what a message <c>current</c> or <c>history</c> says; temperatures stay when it has none.</summary>
    public OctoPrintState Merge(JsonObject message)
    {
        var state = PrinterJson.Object(message, "state");
        var known = state is null ? this : this with
        {
            Text = PrinterJson.Text(state, "text"),
            Error = PrinterJson.Text(state, "error"),
            Flags = PrinterJson.Object(state, "flags")?.DeepClone() as JsonObject,
        };
        var newest = PrinterJson.Objects(message, "temps").LastOrDefault();
        return (newest is null ? known : known with { Temperatures = (JsonObject)newest.DeepClone() })
            .With(PrinterJson.Object(message, "job"), PrinterJson.Object(message, "progress"));
    }

    /// <summary>True while a print is in hand, or a file goes to the printer: nothing else can start.</summary>
    public bool InHand => Is("printing") || Is("paused") || Is("pausing") || Is("cancelling") || Is("resuming") || Is("finishing")
        || Text.StartsWith("Transfer", StringComparison.Ordinal) || Text.StartsWith("Sending file", StringComparison.Ordinal);

    /// <summary>True if the printer is away because of a fault: OctoPrint has to be connected to it again.</summary>
    public bool IsBroken => Is("error") || Text is "Error" or "Offline after error" || Text.StartsWith("Offline (Error", StringComparison.Ordinal);

    /// <summary>As a reading.</summary>
    /// <param name="ends">What is known of prints that ended.</param>
    /// <param name="pause">Who asked for a pause.</param>
    /// <param name="events">True while events come.</param>
    public PrinterReading Read(JobEnds ends, AskedPause pause, bool events)
    {
        if (!IsBroken && !Is("operational") && !InHand)
        {
            return PrinterReading.Unreachable(
                $"OctoPrint is not connected to its printer ({(Text.Length > 0 ? Text : "no state")}). Check the cable and the power, and connect it in OctoPrint.");
        }

        var tools = Tools();
        var paused = Is("paused");
        if (!paused)
            pause.NotSeen(InHand);
        if (IsBroken && SerialPortWords.Lost(Error) && ends.Last is { } cut)
            ends.End(cut, RemoteJobState.Interrupted, null, SerialPortWords.Say(Error));
        var status = IsBroken ? OperatingStatus.Error
            : Is("cancelling") ? OperatingStatus.Cancelling
            : Is("pausing") ? OperatingStatus.Pausing
            : paused ? pause.Seen(events)
            : InHand ? Working(tools)
            : Ended(ends);
        var reading = new PrinterReading
        {
            Status = status,
            FileName = InHand ? File : IsBroken ? ends.Last : status == OperatingStatus.Idle ? null : ends.Last,
            Occupied = InHand && !IsBroken,
            Message = Error,
            Progress = InHand && Completion is >= 0 and <= 100 ? Completion / 100 : null,
            Elapsed = InHand ? PrintTime : null,
            Remaining = InHand ? PrintTimeLeft : null,
            Tools = tools,
            Bed = Temperature("bed", "actual"),
            BedTarget = Temperature("bed", "target"),
            Chamber = Temperature("chamber", "actual"),
            Troubles = [.. Troubles(status)],
        };
        ends.Observe(reading);
        return reading;
    }

    private OctoPrintState With(JsonObject? job, JsonObject? progress)
    {
        var known = this;
        if (job is not null)
        {
            var file = PrinterJson.Object(job, "file");
            known = known with { File = PrinterJson.FirstText(file, "path", "name") is { Length: > 0 } path ? path : null };
        }

        return progress is null ? known : known with
        {
            Completion = PrinterJson.Number(progress, "completion"),
            PrintTime = PrinterJson.Number(progress, "printTime"),
            PrintTimeLeft = PrinterJson.Number(progress, "printTimeLeft"),
        };
    }

    private bool Is(string flag) => PrinterJson.Flag(Flags, flag) == true;

    private OperatingStatus Working(ImmutableArray<ToolTemperature> tools)
    {
        var cold = tools.Any(tool => tool.Target > tool.Actual + Tolerance) || Temperature("bed", "target") > Temperature("bed", "actual") + Tolerance;
        var begins = Completion is null or < Begun || PrintTime < 1;
        return begins && cold ? OperatingStatus.Heating
            : Text.StartsWith("Starting", StringComparison.Ordinal) || !Is("printing") && !Is("resuming") && !Is("finishing") ? OperatingStatus.Preparing
            : OperatingStatus.Printing;
    }

    // Operational says nothing about the print before; only what we were told does.
    private static OperatingStatus Ended(JobEnds ends) => ends.Last is { } file && ends.Find(file) is { } job
        ? job.State == RemoteJobState.Completed ? OperatingStatus.Finished : OperatingStatus.Stopped
        : OperatingStatus.Idle;

    private IEnumerable<PrinterTrouble> Troubles(OperatingStatus status)
    {
        if (status == OperatingStatus.Error)
        {
            var words = Error.Length > 0 ? Error : Text;
            yield return SerialPortWords.Lost(words)
                ? new(AlertCode.ConnectionLost, AlertSeverity.Error, $"{SerialPortWords.Say(words)}. Check the cable and the power, then connect it again in OctoPrint.")
                : new(
                    FirmwareWords.Classify(words, AlertCode.FirmwareError), AlertSeverity.Error,
                    $"OctoPrint gave up its printer ({words}): look at the printer, then connect it again in OctoPrint.");
        }
        else if (status == OperatingStatus.Attention)
        {
            yield return new(AlertCode.FilamentOut, AlertSeverity.Error, "the firmware paused by itself, most often because there is no filament: look at the printer, then resume");
        }
    }

    private ImmutableArray<ToolTemperature> Tools() =>
    [
        .. (Temperatures ?? []).Where(item => item.Key.StartsWith("tool", StringComparison.Ordinal) && item.Value is JsonObject)
            .OrderBy(item => item.Key.Length).ThenBy(item => item.Key, StringComparer.Ordinal)
            .Select((item, index) => new ToolTemperature(index, Temperature(item.Key, "actual"), Temperature(item.Key, "target"))),
    ];

    private double? Temperature(string of, string which) => PrinterJson.Number(PrinterJson.Object(Temperatures, of), which);
}
