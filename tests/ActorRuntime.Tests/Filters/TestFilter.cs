using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Filters;

/// <summary>Stands before the calls of <see cref="IFilteredGrain"/>.</summary>
internal sealed class TestFilter : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType != typeof(IFilteredGrain))
        {
            await context.Invoke();
            return;
        }
        var key = context.TargetId.Key.ToString()!;
        Journal.Note(key, $"silo before {context.MethodName}");
        if (RequestContext.Get("refuse") is not null)
            throw new UnauthorizedAccessException("Refused.");
        await context.Invoke();
        if (context.Result is int number)
            context.Result = number + 1;
        Journal.Note(key, $"silo after {context.MethodName} of {context.ImplementationMethod.DeclaringType!.Name}");
    }
}
