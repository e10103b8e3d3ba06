namespace Dwapi.ActorRuntime.Tests.References;

public interface ISecondFace : IGrainWithStringKey
{
    Task<string> SecondName();
}
