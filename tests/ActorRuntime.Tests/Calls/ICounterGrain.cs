namespace Dwapi.ActorRuntime.Tests.Calls;

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Add(int amount);

    ValueTask<int> Get();

    Task<string> Key();

    Task Fail(string message);
}
