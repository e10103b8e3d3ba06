namespace Dwapi.Grains.Quotas;

/// <summary>One limited thing: the last count, and what was added since.</summary>
internal sealed class Holding(long limit, Func<CancellationToken, Task<long>> count, TimeProvider time)
{
    private readonly Lock _gate = new();
    private Task<long>? _counting;
    private long _counted;
    private long _added;
    private long _at;
    private bool _known;

    /// <summary>How many more there may be; never below 0.</summary>
    public async ValueTask<long> Room()
    {
        if (Due() is { } counting)
        {
            await counting;
        }

        lock (_gate)
        {
            return Math.Max(0, limit - _counted - _added);
        }
    }

    /// <summary>Notes additions of this silo.</summary>
    public void Add(int more)
    {
        lock (_gate)
        {
            _added += more;
        }
    }

    // Whoever finds the count old waits for a new one; one count serves all.
    private Task<long>? Due()
    {
        lock (_gate)
        {
            if (_known && time.GetElapsedTime(_at) < TenantHoldings.Recount)
            {
                return null;
            }

            return _counting ??= Count();
        }
    }

    private async Task<long> Count()
    {
        // Not under the caller's lock.
        await Task.Yield();
        long before;
        lock (_gate)
        {
            before = _added;
        }

        try
        {
            var counted = await count(CancellationToken.None);
            lock (_gate)
            {
                // What was added while it was counted may be in the count already: counted twice for one period rather than not at all.
                _counted = counted;
                _added -= before;
                _at = time.GetTimestamp();
                _known = true;
            }

            return counted;
        }
        finally
        {
            lock (_gate)
            {
                _counting = null;
            }
        }
    }
}
