namespace Dwapi.ActorRuntime.Tests.Embedded;

public interface IEchoGrain : IGrainWithStringKey
{
    Task<IReadOnlyList<string>> Echo(IReadOnlyList<string> value);
}
