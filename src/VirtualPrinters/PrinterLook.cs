namespace Dwapi.VirtualPrinters;

/// <summary>All that clients can see of a printer's objects, as values: two that are equal need no look at the JSON.</summary>
internal readonly record struct PrinterLook
{
    public PrinterLook(VirtualPrinter printer)
    {
        var (klipper, print, machine) = (printer.Klipper, printer.Klipper.Print, printer.Klipper.Machine);
        Klipper = (klipper.State, klipper.StateMessage, klipper.Filament, klipper.FilamentMoves);
        Print = (print.State, print.FileName, print.Message, print.File?.Position, print.File?.Length);
        Durations = (print.TotalDuration, print.PrintDuration, print.FilamentUsed);
        Extruder = (Math.Round(machine.Extruder.Temperature, 2), machine.Extruder.Target, machine.Extruder.Broken);
        Bed = (Math.Round(machine.Bed.Temperature, 2), machine.Bed.Target, machine.Bed.Broken);
        Axes = (machine.Homed, machine.Position[0], machine.Position[1], machine.Position[2], machine.Position[3]);
    }

    private (string State, string Message, bool Filament, bool Moves) Klipper { get; }

    private (string State, string File, string Message, long? Position, long? Length) Print { get; }

    private (double Total, double Printing, double Filament) Durations { get; }

    private (double Actual, double Target, bool Broken) Extruder { get; }

    private (double Actual, double Target, bool Broken) Bed { get; }

    private (string Homed, double X, double Y, double Z, double E) Axes { get; }
}
