using Orleans.Runtime;

namespace Dwapi.Actors.CodeGeneration;

/// <summary>Collects the grains and proxies of all assemblies. Used by generated code.</summary>
public interface IActorCatalog
{
    /// <summary>Adds the proxy of a grain or observer interface.</summary>
    void AddInterface(Type interfaceType, Func<ReferenceTarget, IdSpan, ActorProxy> create);

    /// <summary>Adds a grain class.</summary>
    void AddGrain(Type grainClass);
}
