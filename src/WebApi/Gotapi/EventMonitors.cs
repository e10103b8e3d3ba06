using Dwapi.Grains.Applications;
using Dwapi.Grains.Devices;

namespace Dwapi.WebApi.Gotapi;

/// <summary>Makes the monitor of a PUT that starts asynchronous messages.</summary>
internal static class EventMonitors
{
    /// <summary>Why a since is refused.</summary>
    public const string BadSince = "since is the cursor of an earlier answer or event.";

    /// <summary>Reads <c>since</c>; false when it is no cursor (error 10).</summary>
    public static bool TryReadSince(GotapiCall call, out EventCursor? since)
    {
        since = null;
        if (call.Parameters.Find("since") is not { Length: > 0 } text)
        {
            return true;
        }

        var good = EventCursor.TryParse(text, out var cursor);
        since = cursor;
        return good;
    }

    /// <summary>
    /// Without since: the latest, then what comes. With it: what was missed; a position that this store cannot have given means a gap and
    /// the oldest there is (DECISIONS 2, 9).
    /// </summary>
    public static SessionMonitor Of(MonitorKey key, string hmac, OneShot one, EventCursor? since)
    {
        if (since is not { } cursor)
        {
            return new SessionMonitor(key, hmac, one.Epoch, one.Head, SendLatest: one.Latest is not null, Gap: false);
        }

        return cursor.Epoch == one.Epoch && cursor.Sequence <= one.Head
            ? new SessionMonitor(key, hmac, one.Epoch, cursor.Sequence, SendLatest: false, Gap: false)
            : new SessionMonitor(key, hmac, one.Epoch, 0, SendLatest: false, Gap: true);
    }
}
