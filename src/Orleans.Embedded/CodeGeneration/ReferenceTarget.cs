using Dwapi.Actors.Runtime;
using Orleans.Runtime;

namespace Dwapi.Actors.CodeGeneration;

/// <summary>What all references of one interface to one grain class have in common.</summary>
public sealed class ReferenceTarget
{
    internal ReferenceTarget(ActorRuntime runtime, GrainType grainType, GrainInterfaceType interfaceType)
    {
        Runtime = runtime;
        GrainType = grainType;
        InterfaceType = interfaceType;
    }

    internal ActorRuntime Runtime { get; }

    internal GrainType GrainType { get; }

    internal GrainInterfaceType InterfaceType { get; }
}
