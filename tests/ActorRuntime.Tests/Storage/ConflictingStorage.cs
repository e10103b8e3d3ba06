using Orleans.Storage;

namespace Dwapi.ActorRuntime.Tests.Storage;

/// <summary>A storage in which somebody else has always been faster.</summary>
internal sealed class ConflictingStorage : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.ETag = "mine";
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new InconsistentStateException("Too late.", "theirs", grainState.ETag);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new InconsistentStateException("Too late.", "theirs", grainState.ETag);
}
