using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A state that a grain gets by a constructor parameter with <see cref="PersistentStateAttribute"/>.</summary>
/// <typeparam name="TState">The type of the state.</typeparam>
public interface IPersistentState<TState> : IStorage<TState>
{
}
