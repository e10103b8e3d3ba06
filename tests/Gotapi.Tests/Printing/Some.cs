using Dwapi.Gotapi.Printing;

namespace Dwapi.Gotapi.Tests.Printing;

internal static class Some
{
    /// <summary>A printer that somebody prints on, without filament.</summary>
    public static PrinterSnapshot Snapshot() => new()
    {
        PrintAttribute = new PrinterAttributes
        {
            PrintType = PrintTypes.Fdm,
            PrintSizeX = 220,
            PrintSizeY = 220,
            PrintSizeZ = 250,
            Network = "WiFi",
            FileTypes = ["text/x.gcode"],
        },
        NetworkInfo = new NetworkInfo(Wan: false, "192.0.2.7"),
        Status = new PrinterStatus
        {
            OperatingStatus = OperatingStatus.Printing,
            NozzleTemperature = 210,
            BedTemperature = 60,
            Progress = 0.5,
            Tools = [new ToolTemperature(0, 210, 215)],
            Alerts = [new PrinterAlert(AlertCode.FilamentOut, AlertSeverity.Error, "Filament runout", 5)],
            TimeStamp = 5,
            TimeStampString = "19700101000000.005-0000",
        },
        PrintQueue = [new PrintQueueEntry { Uri = "file:ex.gcode", Origin = PrintOrigin.Printer, Progress = 0.5 }],
    };
}
