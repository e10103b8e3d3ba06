using System.Collections.Concurrent;
using Dwapi.ActorRuntime.Tests.Runtime;
using Orleans.Storage;

namespace Dwapi.ActorRuntime.Tests.Storage;

public sealed class ConflictGrain([PersistentState("conflict", TestSilo.Conflicting)] IPersistentState<Note> note) : Grain, IConflictGrain
{
    private static readonly ConcurrentDictionary<string, int> Activations = new();
    private int _number;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _number = Activations.AddOrUpdate(this.GetPrimaryKeyString(), 1, static (_, n) => n + 1);
        return Task.CompletedTask;
    }

    public Task<int> Activation() => Task.FromResult(_number);

    public Task Write() => note.WriteStateAsync();

    public async Task<string> WriteCarefully()
    {
        try
        {
            await note.WriteStateAsync();
            return "";
        }
        catch (InconsistentStateException exception)
        {
            return exception.StoredEtag!;
        }
    }

    public Task WriteThrough(string other) => GrainFactory.GetGrain<IConflictGrain>(other).Write();
}
