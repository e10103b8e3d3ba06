using System.Text.Json.Nodes;
using Dwapi.Edge.Printers.Connections;

namespace Dwapi.Edge.Printers.OctoPrint;

/// <summary>Takes OctoPrint's events: the only word of success that it gives by itself.</summary>
internal sealed class OctoPrintEvents(JobEnds ends, AskedPause pause)
{
    private volatile string _error = "";
    private volatile string _firmware = "";

    /// <summary>What is subscribed to. Events of single lines of G-code would flood the connection, so there is a list.</summary>
    public static IEnumerable<string> Names { get; } =
        ["PrintStarted", "PrintDone", "PrintFailed", "PrintCancelled", "PrintPaused", "Error", "FirmwareData"];

    /// <summary>Name of the firmware; "" until the printer said it.</summary>
    public string Firmware => _firmware;

    /// <summary>Takes the content of a message <c>event</c>.</summary>
    public void Take(JsonObject message)
    {
        var payload = PrinterJson.Object(message, "payload");
        var file = PrinterJson.FirstText(payload, "path", "name");
        var type = PrinterJson.Text(message, "type");
        switch (type)
        {
            case "Error":
                _error = PrinterJson.Text(payload, "error");
                break;
            case "FirmwareData":
                _firmware = PrinterJson.Text(payload, "name");
                break;
            case "PrintPaused":
                pause.Told(PrinterJson.Text(payload, "user").Length > 0);
                break;
            case "PrintStarted" when file.Length > 0:
                _error = "";
                ends.Begin(file);
                break;
            case "PrintDone" when file.Length > 0:
                ends.End(file, RemoteJobState.Completed, null, "");
                break;
            case "PrintCancelled" when file.Length > 0:
                ends.End(file, RemoteJobState.Cancelled, null, "");
                break;
            case "PrintFailed" when file.Length > 0:
                var cancelled = PrinterJson.Text(payload, "reason") == "cancelled";
                ends.End(file, cancelled ? RemoteJobState.Cancelled : RemoteJobState.Failed, null, cancelled ? "" : Why(payload));
                break;
        }
    }

    private string Why(JsonObject? payload) =>
        PrinterJson.Text(payload, "error") is { Length: > 0 } told ? told : _error.Length > 0 ? _error : "OctoPrint says that the print failed";
}
