namespace Dwapi.Silo.Telemetry;

/// <summary>
/// The series of one instrument by the tags as they come, so that a measurement on a hot path need not spell its labels: the framework
/// measures every request twice.
/// </summary>
internal sealed class KnownSeries
{
    // More than requests have in life; what is beyond is found by its labels.
    private const int Most = 64;

    private readonly Lock _gate = new();
    private volatile (KeyValuePair<string, object?>[] Tags, Series Series)[] _known = [];

    /// <summary>The series of these tags, null when they come for the first time.</summary>
    public Series? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (known, series) in _known)
        {
            if (Same(known, tags))
            {
                return series;
            }
        }

        return null;
    }

    /// <summary>Remembers the series of these tags.</summary>
    public void Add(ReadOnlySpan<KeyValuePair<string, object?>> tags, Series series)
    {
        lock (_gate)
        {
            if (_known.Length < Most)
            {
                _known = [.. _known, (tags.ToArray(), series)];
            }
        }
    }

    private static bool Same(KeyValuePair<string, object?>[] known, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (known.Length != tags.Length)
        {
            return false;
        }

        for (var i = 0; i < known.Length; i++)
        {
            if (known[i].Key != tags[i].Key || !Equals(known[i].Value, tags[i].Value))
            {
                return false;
            }
        }

        return true;
    }
}
