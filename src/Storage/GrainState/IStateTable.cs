namespace Dwapi.Storage.GrainState;

/// <summary>Where states of grains are kept. Version 0 stands for no row.</summary>
internal interface IStateTable
{
    /// <summary>The state, or null.</summary>
    Task<StoredState?> Read(string grain, string state);

    /// <summary>Replaces the state if the row still has the expected version; a null state removes it.</summary>
    /// <returns>The version that the row had before: the change was made when it is the expected one.</returns>
    Task<long> Replace(string grain, string state, long expected, StoredState? replacement);
}
