using System.Diagnostics;
using Dwapi.Storage.Commits;

namespace Dwapi.Storage.Tests.Crashes;

/// <summary>Ends this process, as a power switch would, when the writer comes to a point for the n-th time.</summary>
internal sealed class KillProbe(CommitPoint point, int time) : ICommitProbe
{
    private int _times;

    public void Reached(CommitPoint reached)
    {
        if (reached == point && Interlocked.Increment(ref _times) == time)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();

            // The signal may need a moment; the writer must not get past this point meanwhile.
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
