using Dwapi.Grains.Devices;

namespace Dwapi.Grains.Printing;

/// <summary>One print job from order to end, key <c>tenant/jobId</c>. Its states are those of <see cref="Gotapi.Printing.PrintJobTransitions"/>.</summary>
[Alias("Dwapi.IPrintJobGrain")]
public interface IPrintJobGrain : IGrainWithStringKey
{
    /// <summary>Orders the job; a repeated call does nothing again and gets the present queue. Error 10 if the id was used for another order.</summary>
    [Alias("Order")]
    Task<PrintAnswer> Order(PrintRequest request);

    /// <summary>The printer gave it the turn, or reminds it: what is not yet told to edge or printer is told now.</summary>
    /// <param name="turn">The number of the turn.</param>
    [Alias("TakeTurn")]
    Task TakeTurn(long turn);

    /// <summary>Takes reports of the edge, each once.</summary>
    /// <param name="serviceId">The printer that the edge reports it of.</param>
    /// <param name="batch">The reports in their order.</param>
    /// <param name="cancellationToken">Before anything is applied.</param>
    [Alias("Report")]
    Task<ReportResult> Report(string serviceId, ReportBatch batch, CancellationToken cancellationToken);

    /// <summary>Stops the job. Error 10 if there is none, 11 if another origin ordered it, 16 if it has ended.</summary>
    /// <param name="serviceId">The printer; "" for any.</param>
    /// <param name="origin">Who wants it; "" for an operator.</param>
    [Alias("Cancel")]
    Task<PrintAnswer> Cancel(string serviceId, string origin);

    /// <summary>Ends the job for an operator now, whatever its edge does: the turn is free, and the bed is to be confirmed. Errors as above.</summary>
    /// <param name="serviceId">The printer.</param>
    [Alias("Force")]
    Task<PrintAnswer> Force(string serviceId);

    /// <summary>The link of its edge is up again: the edge is asked whether it still has the job, and told it again if not.</summary>
    [Alias("LinkUp")]
    Task LinkUp();

    /// <summary>Forgets a job that has ended; its Idempotency-Key is free again. Called by the printer when the time of keeping is over.</summary>
    [Alias("Forget")]
    Task Forget();

    /// <summary>Pauses the print or lets it go on; the effect shows in the queue. Error 10 if it is no job of that printer.</summary>
    [Alias("PauseOf")]
    Task<PrintAnswer> Pause(string serviceId, bool pause);
}
