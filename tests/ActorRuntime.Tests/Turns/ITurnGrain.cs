using Orleans.Concurrency;

namespace Dwapi.ActorRuntime.Tests.Turns;

public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>Waits in the middle of a call until the signal KEY/release.</summary>
    Task Hold();

    [ReadOnly]
    Task HoldReadOnly();

    Task Ping();

    [AlwaysInterleave]
    Task PingAlways();

    [ReadOnly]
    Task PingReadOnly();

    /// <summary>Adds without any lock, with awaits in between.</summary>
    Task AddSlowly();

    Task<int> Sum();

    /// <summary>Where the code ran before and after several kinds of await.</summary>
    Task<string[]> Schedulers();
}
