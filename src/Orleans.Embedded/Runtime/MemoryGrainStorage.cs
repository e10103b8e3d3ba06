using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Dwapi.Actors.Runtime;

/// <summary>A grain storage that forgets everything when the process ends. States are kept as JSON, so that no two activations share an object.</summary>
internal sealed class MemoryGrainStorage : IGrainStorage
{
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true };
    private readonly ConcurrentDictionary<(GrainId, string), Record> _records = new();
    private long _version;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var found = _records.TryGetValue((grainId, stateName), out var record);
        grainState.State = found ? JsonSerializer.Deserialize<T>(record!.State, Json) : StateFactory<T>.Create();
        grainState.ETag = record?.ETag;
        grainState.RecordExists = found;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var etag = Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture);
        var fresh = new Record(etag, JsonSerializer.SerializeToUtf8Bytes(grainState.State, Json));
        _records.AddOrUpdate((grainId, stateName),
            _ => grainState.ETag is null ? fresh : throw Mismatch("write", null, grainState.ETag),
            (_, old) => old.ETag == grainState.ETag ? fresh : throw Mismatch("write", old.ETag, grainState.ETag));
        grainState.ETag = etag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_records.TryGetValue((grainId, stateName), out var record)
            && (record.ETag != grainState.ETag || !_records.TryRemove(new((grainId, stateName), record))))
        {
            throw Mismatch("clear", record.ETag, grainState.ETag);
        }
        grainState.State = StateFactory<T>.Create();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private static InconsistentStateException Mismatch(string operation, string? stored, string? given) =>
        new($"The storage holds another version; {operation} refused.", stored, given);

    private sealed record Record(string ETag, byte[] State);
}
