using System.Collections.Immutable;

namespace Dwapi.Grains.Applications;

/// <summary>The monitors of one client. Each outlives its socket, or waits for the first one, by a grace time (DECISIONS 2).</summary>
/// <param name="monitors">The kept list.</param>
/// <param name="grace">The grace time.</param>
internal sealed class SessionMonitors(List<MonitorState> monitors, TimeSpan grace)
{
    /// <summary>Whether there is any.</summary>
    public bool Any => monitors.Count > 0;

    /// <summary>All of them.</summary>
    public ImmutableArray<SessionMonitor> All => [.. monitors.Select(state => state.Monitor)];

    /// <summary>Removes those whose grace is over.</summary>
    /// <returns>True when there was one.</returns>
    public bool RemoveLapsed(DateTimeOffset now) => monitors.RemoveAll(state => state.Until <= now) > 0;

    /// <summary>Adds a monitor in the place of one with the same key.</summary>
    public void Start(SessionMonitor monitor, bool connected, DateTimeOffset now)
    {
        monitors.RemoveAll(state => state.Monitor.Key == monitor.Key);
        monitors.Add(new MonitorState(monitor, connected ? null : now + grace));
    }

    /// <summary>Removes a monitor.</summary>
    public bool Stop(MonitorKey key) => monitors.RemoveAll(state => state.Monitor.Key == key) > 0;

    /// <summary>A socket is there: nothing lapses.</summary>
    /// <returns>True when something changed.</returns>
    public bool Attached(DateTimeOffset now)
    {
        var changed = RemoveLapsed(now);
        for (var i = 0; i < monitors.Count; i++)
        {
            changed |= monitors[i].Until is not null;
            monitors[i] = monitors[i] with { Until = null };
        }

        return changed;
    }

    /// <summary>The socket is gone: the grace begins, for those for which it did not begin before.</summary>
    public void Detached(DateTimeOffset now)
    {
        for (var i = 0; i < monitors.Count; i++)
            monitors[i] = monitors[i] with { Until = monitors[i].Until ?? now + grace };
    }

    /// <summary>Notes the last events that were handed to a socket; a later one resumes after them.</summary>
    public void Handed(ImmutableArray<MonitorPosition> positions)
    {
        foreach (var position in positions)
        {
            var index = monitors.FindIndex(state => state.Monitor.Key == position.Key);

            // A position below the monitor's is that of a monitor that was replaced meanwhile.
            if (index < 0 || position.Sequence < monitors[index].Monitor.After)
                continue;
            monitors[index] = monitors[index] with
            {
                Monitor = monitors[index].Monitor with { After = position.Sequence, SendLatest = false, Gap = false },
            };
        }
    }
}
