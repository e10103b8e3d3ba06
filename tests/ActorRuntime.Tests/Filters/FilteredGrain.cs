using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Filters;

public sealed class FilteredGrain : Grain, IFilteredGrain, IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        Journal.Note(this.GetPrimaryKeyString(), "own before");
        await context.Invoke();
        Journal.Note(this.GetPrimaryKeyString(), "own after");
    }

    public async Task<int> Number()
    {
        await Task.Yield();
        return 1;
    }

    public Task Touch()
    {
        Journal.Note(this.GetPrimaryKeyString(), "touch");
        return Task.CompletedTask;
    }

    public Task Fail() => throw new InvalidOperationException("As said.");
}
