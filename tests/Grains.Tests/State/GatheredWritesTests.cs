using Dwapi.Grains.State;

namespace Dwapi.Grains.Tests.State;

public sealed class GatheredWritesTests
{
    private readonly HeldState _state = new();
    private int _failures;

    [Fact]
    public async Task Write_WhileOneIsUnderWay_GathersIntoOneMore()
    {
        var writes = Writes();
        var first = writes.Write();
        _state.State = "b";
        var second = writes.Write();
        _state.State = "c";
        var third = writes.Write();

        _state.Finish();
        await first;
        _state.Finish();
        await Task.WhenAll(second, third);

        Assert.Equal(["a", "c"], _state.Written);
    }

    [Fact]
    public async Task Write_ThatFails_TellsItsCallerAndTheGrainButNotTheNextWrite()
    {
        var writes = Writes();
        var first = writes.Write();
        var second = writes.Write();

        _state.Finish(new IOException("disk"));
        await Assert.ThrowsAsync<IOException>(() => first);
        _state.Finish();
        await second;

        Assert.Equal(1, _failures);
    }

    [Fact]
    public async Task Clear_WhileAWriteIsUnderWay_ComesAfterItAndEndsWriting()
    {
        var writes = Writes();
        _ = writes.Write();
        var clear = writes.Clear();
        var late = writes.Write();

        _state.Finish();
        await clear;
        await late;

        Assert.Equal(["a", "cleared"], _state.Written);
    }

    private GatheredWrites<string> Writes() => new(_state, () => _failures++);

    private sealed class HeldState : IPersistentState<string>
    {
        private readonly Queue<TaskCompletionSource> _held = [];

        public List<string> Written { get; } = [];

        public string State { get; set; } = "a";

        public string Etag => "";

        public bool RecordExists => true;

        public void Finish(Exception? failure = null)
        {
            if (failure is null)
                _held.Dequeue().SetResult();
            else
                _held.Dequeue().SetException(failure);
        }

        public Task WriteStateAsync()
        {
            Written.Add(State);
            var held = new TaskCompletionSource();
            _held.Enqueue(held);
            return held.Task;
        }

        public Task ClearStateAsync()
        {
            Written.Add("cleared");
            return Task.CompletedTask;
        }

        public Task ReadStateAsync() => Task.CompletedTask;
    }
}
