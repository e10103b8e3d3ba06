namespace Dwapi.ActorRuntime.Tests.Calls;

public sealed class CounterGrain : Grain, ICounterGrain
{
    private int _sum;

    public Task<int> Add(int amount) => Task.FromResult(_sum += amount);

    public ValueTask<int> Get() => new(_sum);

    public async Task<string> Key()
    {
        await Task.Yield();
        return this.GetPrimaryKeyString();
    }

    public Task Fail(string message) => throw new InvalidOperationException(message);
}
