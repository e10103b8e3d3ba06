namespace Dwapi.Bench.Actors;

/// <summary>The smallest grain that can be measured.</summary>
public interface IValueGrain : IGrainWithStringKey
{
    /// <summary>Adds one; the result is a task that the runtime caches, so that only the call itself is measured.</summary>
    Task<bool> Increment();
}
