using System.Text.Json.Nodes;
using Dwapi.Edge.Printers.Connections;

namespace Dwapi.Edge.Printers.OctoPrint;

/// <summary>Takes OctoPrint's events: the only word of success that it gives by itself.</summary>
internal sealed class OctoPrintEvents(JobEnds ends, AskedPause pause)
{
    private volatile string _error = "";
    private volatile string _firmware = "";
    private string? _stoppedByItself;

    /// <summary>What is subscribed to. Events of single lines of G-code would flood the connection, so there is a list.</summary>
    public static IEnumerable<string> Names { get; } =
        ["PrintStarted", "PrintDone", "PrintFailed", "PrintCancelling", "PrintCancelled", "PrintPaused", "PrinterReset", "Error", "FirmwareData"];

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
                (_error, _stoppedByItself) = ("", null);
                ends.Begin(file);
                break;
            case "PrintDone" when file.Length > 0:
                ends.End(file, RemoteJobState.Completed, null, "");
                break;
            case "PrintCancelling" when file.Length > 0 && PrinterJson.Text(payload, "firmwareError") is { Length: > 0 } fault:
                // OctoPrint can be set to cancel at an error of the firmware, and to stay connected: nobody wanted that.
                ends.End(file, RemoteJobState.Failed, null, fault);
                break;
            case "PrintCancelled" when file.Length > 0:
                _stoppedByItself = PrinterJson.Text(payload, "user").Length == 0 ? file : null;
                ends.End(file, RemoteJobState.Cancelled, null, "");
                break;
            case "PrinterReset" when PrinterJson.Flag(payload, "idle") == false && _stoppedByItself is { } cut:
                // First it cancels what the printer forgot, then it says why.
                ends.Correct(cut, RemoteJobState.Interrupted, "the printer was reset in mid print");
                break;
            case "PrintFailed" when file.Length > 0 && PrinterJson.Text(payload, "reason") == "cancelled":
                ends.End(file, RemoteJobState.Cancelled, null, "");
                break;
            case "PrintFailed" when file.Length > 0:
                Fail(file, PrinterJson.Text(payload, "error") is { Length: > 0 } told ? told : _error);
                break;
        }
    }

    private void Fail(string file, string words)
    {
        if (words.Length > 0 && !SerialPortWords.Lost(words))
            ends.End(file, RemoteJobState.Failed, null, words);
        else
            ends.End(file, RemoteJobState.Interrupted, null, SerialPortWords.Say(words));
    }
}
