using Orleans.Concurrency;

namespace Dwapi.ActorRuntime.Tests.Timers;

public interface ITimerGrain : IGrainWithStringKey
{
    /// <summary>Ticks every few milliseconds; sets KEY/tick N at the N-th tick.</summary>
    Task Start(bool interleave);

    /// <summary>A timer whose first tick fails.</summary>
    Task StartFailing();

    /// <summary>One tick, which waits for its token; sets KEY/cancelled then.</summary>
    Task StartWaiting();

    Task StartThenChange();

    Task Stop();

    /// <summary>Waits for KEY/release in the middle of a call.</summary>
    Task Hold();

    [AlwaysInterleave]
    Task<int> Ticks();

    Task End();
}
