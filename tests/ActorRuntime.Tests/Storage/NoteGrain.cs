using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Storage;

public sealed class NoteGrain(
    [PersistentState("note", TestSilo.Memory)] IPersistentState<Note> note,
    [PersistentState("other", TestSilo.Memory)] IPersistentState<Note> other) : Grain, INoteGrain
{
    private string _atActivation = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _atActivation = note.State.Text;
        return Task.CompletedTask;
    }

    public Task<string> Text() => Task.FromResult(_atActivation == note.State.Text ? note.State.Text : _atActivation + ">" + note.State.Text);

    public Task<string> OtherText() => Task.FromResult(other.State.Text);

    public Task Write(string text)
    {
        note.State.Text = text;
        return note.WriteStateAsync();
    }

    public Task WriteOther(string text)
    {
        other.State = new Note { Text = text };
        return other.WriteStateAsync();
    }

    public Task Forget(string text)
    {
        note.State.Text = text;
        return Task.CompletedTask;
    }

    public Task Clear() => note.ClearStateAsync();

    public Task<string?> Etag() => Task.FromResult(note.Etag);

    public Task<bool> Exists() => Task.FromResult(note.RecordExists);

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
