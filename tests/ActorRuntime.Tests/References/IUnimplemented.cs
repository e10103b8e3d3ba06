namespace Dwapi.ActorRuntime.Tests.References;

public interface IUnimplemented : IGrainWithStringKey
{
    Task Call();
}
