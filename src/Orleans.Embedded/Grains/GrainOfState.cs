using Dwapi.Actors.Runtime;
using Orleans.Core;

namespace Orleans;

/// <summary>The base of grain classes with one state in the default storage, named after the class.</summary>
/// <typeparam name="TGrainState">The type of the state.</typeparam>
public class Grain<TGrainState> : Grain
{
    private readonly IStorage<TGrainState> _storage;

    /// <summary>Made by the runtime; the state is read before OnActivateAsync.</summary>
    protected Grain() => _storage = PersistentStates.ForGrainOfState<TGrainState>(this);

    /// <summary>Made with a storage of its own.</summary>
    protected Grain(IStorage<TGrainState> storage) => _storage = storage;

    /// <summary>The state in memory.</summary>
    protected TGrainState State
    {
        get => _storage.State;
        set => _storage.State = value;
    }

    /// <summary>Removes the state from the storage.</summary>
    protected virtual Task ClearStateAsync() => _storage.ClearStateAsync();

    /// <summary>Writes the state to the storage.</summary>
    protected virtual Task WriteStateAsync() => _storage.WriteStateAsync();

    /// <summary>Reads the state from the storage.</summary>
    protected virtual Task ReadStateAsync() => _storage.ReadStateAsync();
}
