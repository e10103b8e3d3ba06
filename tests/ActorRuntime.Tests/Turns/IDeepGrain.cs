namespace Dwapi.ActorRuntime.Tests.Turns;

public interface IDeepGrain : IGrainWithIntegerKey
{
    Task<int> Depth();
}
