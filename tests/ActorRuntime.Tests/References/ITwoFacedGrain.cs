namespace Dwapi.ActorRuntime.Tests.References;

public interface ITwoFacedGrain : IGrainWithStringKey
{
    Task<ITwoFacedGrain> Self();

    Task<string> CallThat(ITwoFacedGrain other);

    Task<string> Name();
}
