using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Connections;

/// <summary>
/// What became of the files that were printed while we watched, for back ends that forget it: what they said when a job ended, or how they were
/// when it was no longer in hand. What is not known stays unknown: a job that is gone is not a job that is done.
/// </summary>
internal sealed class JobEnds
{
    private const int Most = 32;

    private readonly Lock _gate = new();
    private readonly List<(string File, RemoteJob Job)> _ends = [];
    private readonly Queue<string> _seen = new();
    private string? _inHand;

    /// <summary>The file in hand, or the one that was in hand last; null before the first one.</summary>
    public string? Last
    {
        get
        {
            lock (_gate)
                return _inHand;
        }
    }

    /// <summary>A print of a file begins: what became of an earlier one counts no longer.</summary>
    public void Begin(string file)
    {
        lock (_gate)
        {
            _ends.RemoveAll(end => end.File == file);
            Hold(file);
        }
    }

    /// <summary>The back end says how a print ended. The first word decides: a cancelled print is called failed after that.</summary>
    public void End(string file, RemoteJobState state, string? id, string message)
    {
        lock (_gate)
        {
            if (_ends.Any(end => end.File == file))
                return;
            _ends.Add((file, new RemoteJob(state, id, message)));
            if (_ends.Count > Most)
                _ends.RemoveAt(0);
            Hold(file);
        }
    }

    /// <summary>The back end takes back how it said that a print ended.</summary>
    public void Correct(string file, RemoteJobState state, string message)
    {
        lock (_gate)
        {
            if (_ends.FindIndex(end => end.File == file) is >= 0 and var at)
                _ends[at] = (file, _ends[at].Job with { State = state, Message = message });
        }
    }

    /// <summary>Takes from a reading what it says about the file that is, or was, in hand.</summary>
    public void Observe(PrinterReading reading, string? id = null)
    {
        if (reading is { Occupied: true, FileName: { } file })
        {
            lock (_gate)
            {
                if (_inHand != file)
                    Begin(file);
            }
        }
        else if (!reading.Occupied && reading.FileName is { } ended)
        {
            RemoteJobState? state = reading.Status switch
            {
                OperatingStatus.Finished => RemoteJobState.Completed,
                OperatingStatus.Stopped => RemoteJobState.Cancelled,
                OperatingStatus.Error => RemoteJobState.Failed,
                _ => null,
            };
            if (state is { } known)
                End(ended, known, id, reading.Message);
        }
    }

    /// <summary>How a print of a file ended; null if that is not known.</summary>
    public RemoteJob? Find(string file)
    {
        lock (_gate)
            return _ends.FirstOrDefault(end => end.File == file).Job;
    }

    /// <summary>True if we saw this file in hand.</summary>
    public bool Saw(string file)
    {
        lock (_gate)
            return _seen.Contains(file);
    }

    private void Hold(string file)
    {
        _inHand = file;
        if (_seen.Contains(file))
            return;
        _seen.Enqueue(file);
        if (_seen.Count > Most)
            _seen.Dequeue();
    }
}
