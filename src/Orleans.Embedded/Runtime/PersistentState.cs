using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Dwapi.Actors.Runtime;

/// <summary>A state of a grain and the storage that it is in.</summary>
internal sealed class PersistentState<T>(IGrainStorage storage, GrainId grainId, string name) : IPersistentState<T>
{
    private readonly GrainState<T> _state = new(Empty());

    public T State
    {
        get => _state.State!;
        set => _state.State = value;
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _state.RecordExists;

    public Task ReadStateAsync() => ReadStateAsync(default);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        await storage.ReadStateAsync(name, grainId, _state, cancellationToken);
        if (_state.State is null)
            _state.State = Empty();
    }

    public Task WriteStateAsync() => WriteStateAsync(default);

    public Task WriteStateAsync(CancellationToken cancellationToken) =>
        storage.WriteStateAsync(name, grainId, _state, cancellationToken);

    public Task ClearStateAsync() => ClearStateAsync(default);

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        await storage.ClearStateAsync(name, grainId, _state, cancellationToken);
        if (_state.State is null)
            _state.State = Empty();
    }

    private static T Empty() => StateFactory<T>.Create();
}
