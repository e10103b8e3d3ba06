namespace Dwapi.Edge.Printers;

/// <summary>
/// A printer that can fetch a content itself. As with a file it is two steps: the first makes a job that prints nothing, the second gives it its
/// content and is done once in the life of a job.
/// </summary>
internal interface IPullingConnector : IPrinterConnector
{
    /// <summary>How long a job may stay without its content before it is given up.</summary>
    TimeSpan ContentWithin { get; }

    /// <summary>True if the printer is to fetch this content; false if it cannot, or the settings say no: then the edge fetches it.</summary>
    /// <exception cref="PrinterException">It cannot be reached, so that nothing is known of it.</exception>
    Task<bool> PullsAsync(PullRequest request, CancellationToken cancellationToken);

    /// <summary>Makes the job, if the printer does not have it yet.</summary>
    /// <returns>False if the job has its content already.</returns>
    /// <exception cref="PrinterException">It did not take it; <see cref="PrinterFault.Busy"/> if another job is in hand.</exception>
    Task<bool> PrepareAsync(PullRequest request, CancellationToken cancellationToken);

    /// <summary>Sends the printer to its content, once. Its answer is not waited for once the job is seen to have its content.</summary>
    /// <exception cref="PrinterException">It refused, or the line broke, and then nothing is known.</exception>
    Task PullAsync(PullRequest request, CancellationToken cancellationToken);
}
