namespace Dwapi.ActorRuntime.Tests.Life;

public sealed class BrokenGrain : Grain, IBrokenGrain
{
    public BrokenGrain() => throw new InvalidOperationException("Cannot be made.");

    public Task Call() => Task.CompletedTask;
}
