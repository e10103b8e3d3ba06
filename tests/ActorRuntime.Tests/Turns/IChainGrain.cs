namespace Dwapi.ActorRuntime.Tests.Turns;

public interface IChainGrain : IGrainWithStringKey
{
    /// <summary>Calls the other grain, which calls this one back.</summary>
    [ResponseTimeout("00:00:05")]
    Task<string> CallAndComeBack(string other);

    /// <summary>As above, and lets the call back in.</summary>
    [ResponseTimeout("00:00:05")]
    Task<string> CallAndLetBackIn(string other);

    [ResponseTimeout("00:00:05")]
    Task<string> CallBack(string first);

    [ResponseTimeout("00:00:01")]
    Task<string> Answer();
}
