using Dwapi.Gotapi.Printing;

namespace Dwapi.Grains.Printing;

/// <summary>A job in a printer's queue.</summary>
internal sealed class QueuedPrint
{
    /// <summary>The job.</summary>
    public string JobId { get; set; } = "";

    /// <summary>Whose application ordered it.</summary>
    public string Origin { get; set; } = "";

    /// <summary>As it is shown; the job's grain knows better.</summary>
    public PrintQueueEntry? Entry { get; set; }

    /// <summary>Waits for a person to let it go.</summary>
    public bool Held { get; set; }

    /// <summary>Higher ones go first.</summary>
    public int Priority { get; set; }

    /// <summary>Lower ones of a priority go first.</summary>
    public long Place { get; set; }

    /// <summary>Not before, Unix milliseconds: the printer was busy.</summary>
    public long NotBefore { get; set; }
}
