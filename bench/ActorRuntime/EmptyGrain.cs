namespace Dwapi.Bench.Actors;

internal sealed class EmptyGrain : Grain, IEmptyGrain
{
    public Task Touch() => Task.CompletedTask;
}
