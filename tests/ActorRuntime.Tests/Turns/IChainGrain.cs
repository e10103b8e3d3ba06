namespace Dwapi.ActorRuntime.Tests.Turns;

public interface IChainGrain : IGrainWithStringKey
{
    /// <summary>Calls the other grain, which calls this one back and waits for it a second.</summary>
    Task<string> CallAndComeBack(string other);

    /// <summary>Calls the other grain, which calls this one back, and lets that in.</summary>
    Task<string> CallAndLetBackIn(string other);

    Task<string> CallBackShortly(string first);

    Task<string> CallBack(string first);

    [ResponseTimeout("00:00:01")]
    Task<string> AnswerShortly();

    Task<string> Answer();
}
