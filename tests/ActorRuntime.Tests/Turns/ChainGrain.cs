namespace Dwapi.ActorRuntime.Tests.Turns;

public sealed class ChainGrain : Grain, IChainGrain
{
    public Task<string> CallAndComeBack(string other) => Other(other).CallBackShortly(this.GetPrimaryKeyString());

    public async Task<string> CallAndLetBackIn(string other)
    {
        using (RequestContext.AllowCallChainReentrancy())
            return await Other(other).CallBack(this.GetPrimaryKeyString());
    }

    public async Task<string> CallBackShortly(string first)
    {
        try
        {
            return await Other(first).AnswerShortly();
        }
        catch (TimeoutException)
        {
            return "timeout";
        }
    }

    public Task<string> CallBack(string first) => Other(first).Answer();

    public Task<string> AnswerShortly() => Answer();

    public Task<string> Answer() => Task.FromResult("answer");

    private IChainGrain Other(string key) => GrainFactory.GetGrain<IChainGrain>(key);
}
