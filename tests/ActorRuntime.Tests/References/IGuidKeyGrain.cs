namespace Dwapi.ActorRuntime.Tests.References;

public interface IGuidKeyGrain : IGrainWithGuidKey
{
    Task<Guid> Key();
}
