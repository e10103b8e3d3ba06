namespace Dwapi.ActorRuntime.Tests.Filters;

public sealed class ContextGrain : Grain, IContextGrain
{
    public Task<string?> Get(string key) => Task.FromResult(RequestContext.Get(key) as string);

    public Task<string?> GetThrough(string key, string other) => GrainFactory.GetGrain<IContextGrain>(other).Get(key);

    public Task Set(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }
}
