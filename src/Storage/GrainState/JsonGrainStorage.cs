using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Storage;

namespace Dwapi.Storage.GrainState;

/// <summary>
/// Orleans' grain storage over a table of JSON texts. Reflection-based JSON on purpose: the state classes are the grains' own, and a state
/// is written when an operator or an application changes something, never per measurement.
/// </summary>
internal sealed class JsonGrainStorage(IStateTable table) : IGrainStorage
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        IncludeFields = true,
    };

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = await table.Read(grainId.ToString(), stateName);
        grainState.State = stored is null ? Empty<T>() : JsonSerializer.Deserialize<T>(stored.Data, Json);
        grainState.ETag = stored?.Version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = stored is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var replacement = new StoredState(Random.Shared.NextInt64(1, long.MaxValue), JsonSerializer.SerializeToUtf8Bytes(grainState.State, Json));
        await Replace(stateName, grainId, grainState, replacement);
        grainState.ETag = replacement.Version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Replace(stateName, grainId, grainState, null);
        grainState.State = Empty<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private async Task Replace<T>(string stateName, GrainId grainId, IGrainState<T> grainState, StoredState? replacement)
    {
        var expected = grainState.ETag is { } etag ? long.Parse(etag, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        var present = await table.Replace(grainId.ToString(), stateName, expected, replacement);
        if (present != expected)
        {
            throw new InconsistentStateException(
                $"State {stateName} of {grainId} was changed by another activation.",
                present == 0 ? null : present.ToString(CultureInfo.InvariantCulture),
                grainState.ETag,
                storageException: null);
        }
    }

    private static T Empty<T>() => typeof(T).GetConstructor(Type.EmptyTypes) is null ? default! : Activator.CreateInstance<T>();
}
