using Dwapi.Gotapi.Printing;

namespace Dwapi.Grains.Printing;

/// <summary>What a printer's grain keeps.</summary>
internal sealed class PrinterData
{
    /// <summary>Jobs that have not ended.</summary>
    public List<QueuedPrint> Jobs { get; set; } = [];

    /// <summary>The job that may use the printer; "" for none. Durable before the job hears of it.</summary>
    public string Turn { get; set; } = "";

    /// <summary>Counts the turns that were given.</summary>
    public long TurnNumber { get; set; }

    /// <summary>False while the part of an ended job may lie on the bed, until a person confirms that it was removed.</summary>
    public bool BedCleared { get; set; } = true;

    /// <summary>A person confirmed since the printer said that its print ended; it goes on saying so until the next one.</summary>
    public bool EndConfirmed { get; set; }

    /// <summary>When a person confirmed last, Unix milliseconds: what the edge saw before is over.</summary>
    public long ConfirmedAt { get; set; }

    /// <summary>The printer printed while a job has the turn; not ours, if that job never touched the bed.</summary>
    public bool PrintSeen { get; set; }

    /// <summary>The printer clears its bed itself.</summary>
    public bool ClearsItself { get; set; }

    /// <summary>The job that ended last; shown until its part was removed.</summary>
    public PrintQueueEntry? Last { get; set; }

    /// <summary>The job that was given up and may still be printed; an alert until a person looked at the printer.</summary>
    public PrintQueueEntry? Doubtful { get; set; }

    /// <summary>Place of the next job.</summary>
    public long NextPlace { get; set; } = 1;
}
