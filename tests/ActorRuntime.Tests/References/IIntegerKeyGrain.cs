namespace Dwapi.ActorRuntime.Tests.References;

public interface IIntegerKeyGrain : IGrainWithIntegerKey
{
    Task<long> Key();
}
