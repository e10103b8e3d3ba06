namespace Dwapi.ActorRuntime.Tests.Storage;

public interface IStatefulGrain : IGrainWithStringKey
{
    Task<string> Text();

    Task WriteAndEnd(string text);
}
