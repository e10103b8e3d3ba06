namespace Dwapi.ActorRuntime.Tests.Turns;

public sealed class DeepGrain : Grain, IDeepGrain
{
    public async Task<int> Depth()
    {
        var key = this.GetPrimaryKeyLong();
        return key == 0 ? 0 : 1 + await GrainFactory.GetGrain<IDeepGrain>(key - 1).Depth();
    }
}
