using System.Collections.Immutable;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers;

/// <summary>
/// One printer behind its back end. Submitting is two steps, <see cref="StoreAsync"/> and <see cref="StartAsync(string, CancellationToken)"/>, because the edge may end between
/// them and must know afterwards which one it was in. Commands are sent once and never repeated: what they did shows in the readings.
/// </summary>
internal interface IPrinterConnector : IAsyncDisposable
{
    /// <summary>What the back end can do.</summary>
    PrinterCapabilities Capabilities { get; }

    /// <summary>Whether <see cref="FindAsync"/> knows a print that ended and whose file was removed.</summary>
    bool KeepsHistory => true;

    /// <summary>What the printer is.</summary>
    /// <exception cref="PrinterException">It cannot be reached or does not let us in.</exception>
    Task<PrinterDescription> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>How it is now.</summary>
    /// <exception cref="PrinterException">It cannot be reached or does not let us in.</exception>
    Task<PrinterReading> GetStatusAsync(CancellationToken cancellationToken);

    /// <summary>How it is, now and after every change; an unreachable printer is a reading too. Ends only when cancelled.</summary>
    IAsyncEnumerable<PrinterReading> WatchStatusAsync(CancellationToken cancellationToken);

    /// <summary>Names of the files that wait in the printer's own queue, the next first.</summary>
    Task<ImmutableArray<string>> GetQueueAsync(CancellationToken cancellationToken);

    /// <summary>Stores a file on the printer under its remote name; storing it again replaces it.</summary>
    /// <exception cref="PrinterException">It did not take it.</exception>
    Task StoreAsync(PrintFile file, CancellationToken cancellationToken);

    /// <summary>True if the printer holds a file of that name and size.</summary>
    Task<bool> HasAsync(string remoteName, long size, CancellationToken cancellationToken);

    /// <summary>Asks once for the start of a stored file. An answer that is lost or late is none: the readings tell.</summary>
    /// <exception cref="PrinterException">The printer refused.</exception>
    Task StartAsync(string remoteName, CancellationToken cancellationToken);

    /// <summary>The same for a printer that keeps no files: the file goes with the start.</summary>
    /// <exception cref="PrinterException">The printer refused.</exception>
    Task StartAsync(PrintFile file, CancellationToken cancellationToken) => StartAsync(file.RemoteName, cancellationToken);

    /// <summary>What became of a file: what the printer does now, else what its history says; null without any trace.</summary>
    /// <exception cref="PrinterException">It cannot be reached, so nothing is known.</exception>
    Task<RemoteJob?> FindAsync(string remoteName, CancellationToken cancellationToken);

    /// <summary>False for a printer that cannot be paused from outside.</summary>
    bool CanPause => true;

    /// <summary>Asks for a pause; it may come minutes later.</summary>
    Task PauseAsync(CancellationToken cancellationToken);

    /// <summary>Asks to go on.</summary>
    Task ResumeAsync(CancellationToken cancellationToken);

    /// <summary>Asks to end the job in hand; that may come minutes later.</summary>
    Task CancelAsync(CancellationToken cancellationToken);

    /// <summary>Asks to end the job of a file, where the printer may hold others besides.</summary>
    Task CancelAsync(string remoteName, CancellationToken cancellationToken) => CancelAsync(cancellationToken);

    /// <summary>Removes a stored file; one that is not there is no fault.</summary>
    Task RemoveAsync(string remoteName, CancellationToken cancellationToken);
}
