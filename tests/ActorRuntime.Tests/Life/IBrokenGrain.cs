namespace Dwapi.ActorRuntime.Tests.Life;

public interface IBrokenGrain : IGrainWithStringKey
{
    Task Call();
}
