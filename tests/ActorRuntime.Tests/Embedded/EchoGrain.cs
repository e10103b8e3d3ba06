namespace Dwapi.ActorRuntime.Tests.Embedded;

public sealed class EchoGrain : Grain, IEchoGrain
{
    public Task<IReadOnlyList<string>> Echo(IReadOnlyList<string> value) => Task.FromResult(value);
}
