namespace Dwapi.Edge.Sources.Bluetooth;

/// <summary>The connections that an adapter can bear: leased in the order of asking, and given back by disposing the lease, once.</summary>
internal sealed class ConnectionSlots(int size) : IDisposable
{
    private readonly SemaphoreSlim _free = new(size, size);
    private int _used;
    private int _waiting;

    /// <summary>Connections at the same time at most.</summary>
    public int Size { get; } = size;

    /// <summary>Leased ones.</summary>
    public int Used => Volatile.Read(ref _used);

    /// <summary>Devices that wait for one.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Leases one, when there is one.</summary>
    public async Task<IDisposable> LeaseAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        Interlocked.Increment(ref _used);
        return new Lease(this);
    }

    public void Dispose() => _free.Dispose();

    private sealed class Lease(ConnectionSlots slots) : IDisposable
    {
        private int _returned;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) != 0)
                return;
            Interlocked.Decrement(ref slots._used);
            slots._free.Release();
        }
    }
}
