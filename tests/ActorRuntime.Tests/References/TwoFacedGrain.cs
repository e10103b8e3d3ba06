namespace Dwapi.ActorRuntime.Tests.References;

public sealed class TwoFacedGrain : Grain, ITwoFacedGrain, ISecondFace
{
    public Task<ITwoFacedGrain> Self() => Task.FromResult(this.AsReference<ITwoFacedGrain>());

    public Task<string> CallThat(ITwoFacedGrain other) => other.Name();

    public Task<string> Name() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<string> SecondName() => Task.FromResult("second " + this.GetPrimaryKeyString());
}
