using Orleans;

namespace Dwapi.Actors.Runtime;

/// <summary>A call filter made of a delegate.</summary>
internal sealed class DelegateCallFilter(IncomingGrainCallFilterDelegate filter) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context) => filter(context);
}
