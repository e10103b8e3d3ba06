namespace Dwapi.Bench.Actors;

/// <summary>A grain without any state of its own.</summary>
public interface IEmptyGrain : IGrainWithStringKey
{
    /// <summary>Activates it.</summary>
    Task Touch();
}
