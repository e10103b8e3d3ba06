namespace Dwapi.ActorRuntime.Tests.Storage;

public sealed class StatefulGrain : Grain<Note>, IStatefulGrain
{
    public Task<string> Text() => Task.FromResult(State.Text);

    public async Task WriteAndEnd(string text)
    {
        State.Text = text;
        await WriteStateAsync();
        DeactivateOnIdle();
    }
}
