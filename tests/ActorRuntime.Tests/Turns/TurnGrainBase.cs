using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Turns;

public abstract class TurnGrainBase : Grain
{
    private int _sum;
    private int _inside;

    private string Key => this.GetPrimaryKeyString();

    public Task Hold() => HoldAs("hold");

    public Task HoldReadOnly() => HoldAs("hold");

    public Task Ping() => Note("ping");

    public Task PingAlways() => Note("always");

    public Task PingReadOnly() => Note("readonly");

    public async Task AddSlowly()
    {
        for (var i = 0; i < 5; i++)
        {
            AddAlone();
            await Task.Yield();
            AddAlone();
            await Task.Run(static () => { });
        }
    }

    public Task<int> Sum() => Task.FromResult(_sum);

    public async Task<string[]> Schedulers()
    {
        var own = TaskScheduler.Current;
        var seen = new List<string> { own == TaskScheduler.Default ? "default" : "own" };
        await Task.Yield();
        seen.Add(TaskScheduler.Current == own ? "own" : "other");
        await Task.Delay(1);
        seen.Add(TaskScheduler.Current == own ? "own" : "other");
        seen.Add(await Task.Run(() => TaskScheduler.Current == TaskScheduler.Default ? "default" : "other"));
        seen.Add(TaskScheduler.Current == own ? "own" : "other");
        return [.. seen];
    }

    private async Task HoldAs(string name)
    {
        Journal.Note(Key, name + " begins");
        Signal.Set(Key + "/held");
        await Signal.Wait(Key + "/release");
        Journal.Note(Key, name + " ends");
    }

    private Task Note(string what)
    {
        Journal.Note(Key, what);
        return Task.CompletedTask;
    }

    // Two turns at once would see each other here.
    private void AddAlone()
    {
        if (Interlocked.Increment(ref _inside) != 1)
            throw new InvalidOperationException("Two turns at once.");
        _sum++;
        Thread.SpinWait(50);
        Interlocked.Decrement(ref _inside);
    }
}
