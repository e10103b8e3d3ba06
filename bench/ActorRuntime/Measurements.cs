using System.Diagnostics;

namespace Dwapi.Bench.Actors;

/// <summary>The figures of docs/actor-runtime.md.</summary>
internal sealed class Measurements(IClusterClient client)
{
    private const int Grains = 256;
    private const int Threads = 2;

    /// <summary>Nanoseconds of one call after the other, from a thread outside of the grains to an idle activation.</summary>
    public async Task<double> SequentialCall(int calls)
    {
        var grain = client.GetGrain<IValueGrain>("sequential");
        await grain.Increment();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
            await grain.Increment();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }

    /// <summary>As above, each call with a reference made for it, as the web layer does.</summary>
    public async Task<double> SequentialCallByKey(int calls)
    {
        await client.GetGrain<IValueGrain>("tenant-1/device-0001").Increment();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
            await client.GetGrain<IValueGrain>("tenant-1/device-0001").Increment();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }

    /// <summary>Bytes allocated by one call that completes within its turn.</summary>
    public async Task<double> AllocationOfACall(int calls)
    {
        var grain = client.GetGrain<IValueGrain>("sequential");
        await grain.Increment();
        var start = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < calls; i++)
            await grain.Increment();
        return (GC.GetAllocatedBytesForCurrentThread() - start) / (double)calls;
    }

    /// <summary>Calls per second of two threads over 256 grains, each thread over all of them.</summary>
    public async Task<double> Throughput(int callsOfAThread)
    {
        var grains = Enumerable.Range(0, Grains).Select(i => client.GetGrain<IValueGrain>("t" + i)).ToArray();
        foreach (var grain in grains)
            await grain.Increment();
        var start = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, Threads).Select(t => Task.Run(async () =>
        {
            for (var i = 0; i < callsOfAThread; i++)
                await grains[((t * Grains / Threads) + i) & (Grains - 1)].Increment();
        }));
        await Task.WhenAll(threads);
        return Threads * callsOfAThread / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Bytes that an idle activation keeps, its grain object (without state) and key included.</summary>
    public async Task<double> IdleActivation(int activations, int round)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < activations; i++)
            await client.GetGrain<IEmptyGrain>($"tenant-{round}/device-{i:D8}").Touch();
        return (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)activations;
    }
}
