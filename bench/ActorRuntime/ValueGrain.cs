namespace Dwapi.Bench.Actors;

internal sealed class ValueGrain : Grain, IValueGrain
{
    private static readonly Task<bool> Done = Task.FromResult(true);
    private long _value;

    public Task<bool> Increment()
    {
        _value++;
        return Done;
    }
}
