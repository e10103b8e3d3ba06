namespace Dwapi.Edge.Printers.PrusaLink;

/// <summary>How often a printer that does not push is asked: a wait of its own each time, so that many printers do not ask in step.</summary>
internal static class PrusaLinkPace
{
    private const double Spread = 0.2;

    // A question costs about a millisecond: 500 printers that all print stay below a tenth of a core. After a command it is asked at once.
    private static readonly TimeSpan WhilePrinting = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan WhileIdle = TimeSpan.FromSeconds(12);

    /// <summary>How long to wait after a reading.</summary>
    public static TimeSpan Next(PrinterReading reading) =>
        (reading.Occupied ? WhilePrinting : WhileIdle) * (1 - Spread + (2 * Spread * Random.Shared.NextDouble()));
}
