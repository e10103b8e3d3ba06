namespace Dwapi.ActorRuntime.Tests.Filters;

public interface IFilteredGrain : IGrainWithStringKey
{
    Task<int> Number();

    Task Touch();

    Task Fail();
}
