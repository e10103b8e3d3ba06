namespace Dwapi.ActorRuntime.Tests.Filters;

public interface IContextGrain : IGrainWithStringKey
{
    Task<string?> Get(string key);

    Task<string?> GetThrough(string key, string other);

    Task Set(string key, string value);
}
